package org.gfplint.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gfp names that a kernel tree's own headers define, compared with what the model knows of the
 * tree's version. Where they differ, the tree is right: it is what will run.
 */
final class GfpHeaders {
  private static final String MAIN = "include/linux/gfp";
  private static final List<String> FILES =
      List.of(MAIN + "_types.h", MAIN + ".h", "mm/internal.h");

  /** Without these a file is something else of that name, or only a part. */
  private static final List<String> NEEDED =
      List.of("__GFP_IO", "__GFP_FS", "GFP_KERNEL", "GFP_ATOMIC");

  private static final Pattern DEFINE =
      Pattern.compile("\\s*#\\s*define\\s+(_{0,3}GFP_[A-Z0-9_]+)\\s+(\\S.*)");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?(\\*/|$)|//.*$");
  private static final Pattern CAST = Pattern.compile("\\((\\s*__force)?\\s*gfp_t\\s*\\)");

  /** Names of the arithmetic behind the flags, which are no masks. */
  private static final Pattern NO_MASK =
      Pattern.compile("_*GFP_(BITS_.*|ZONE_.*|ZONES_.*|LAST_BIT|.*_BIT|.*_SHIFT)");

  private static final int MAX_DEPTH = 16;

  /** What a name is defined as, and where. */
  private record Definition(String text, String place) {}

  /**
   * How a tree differs.
   *
   * @param values the value of each name that means something else there; empty if the tree lacks
   *     it
   * @param lines one for each difference and each flag that the model does not know
   */
  record Differences(Map<String, Optional<GfpMask>> values, List<String> lines) {
    static final Differences NONE = new Differences(Map.of(), List.of());
  }

  private final Map<String, List<Definition>> definitions;
  private final AllocatorModel model;
  private final Set<String> unknown = new HashSet<>();

  private GfpHeaders(Map<String, List<Definition>> definitions, AllocatorModel model) {
    this.definitions = definitions;
    this.model = model;
  }

  /**
   * Compares a tree with the model of its version; no difference if the tree has no such headers.
   *
   * @throws ModelDataException if a name that the model reasons with is made with a flag that it
   *     does not know, although it should know all flags of the version
   */
  static Optional<Differences> compare(Path root, AllocatorModel model) {
    Map<String, List<Definition>> found = new TreeMap<>();
    for (String file : FILES) {
      Path path = root.resolve(file);
      if (Files.isRegularFile(path)) {
        try {
          String text = Files.readString(path, StandardCharsets.ISO_8859_1);
          read(file, text.replace("\r\n", "\n"), found);
        } catch (IOException e) {
          // As if it were not there; the run says what it could not read.
        }
      }
    }
    return found.keySet().containsAll(NEEDED)
        ? Optional.of(new GfpHeaders(found, model).differences())
        : Optional.empty();
  }

  private static void read(String file, String text, Map<String, List<Definition>> found) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].contains("GFP_")) {
        continue;
      }
      int first = i + 1;
      StringBuilder whole = new StringBuilder(lines[i]);
      while (whole.length() > 0
          && whole.charAt(whole.length() - 1) == '\\'
          && i + 1 < lines.length) {
        whole.setCharAt(whole.length() - 1, ' ');
        whole.append(lines[++i]);
      }
      Matcher m = DEFINE.matcher(whole);
      if (!m.matches() || NO_MASK.matcher(m.group(1)).matches()) {
        continue;
      }
      String value = COMMENT.matcher(m.group(2)).replaceAll(" ");
      value = CAST.matcher(value).replaceAll(" ").strip();
      found
          .computeIfAbsent(m.group(1), n -> new ArrayList<>(1))
          .add(new Definition(value, file + ":" + first));
    }
  }

  private Differences differences() {
    Map<String, Optional<GfpMask>> values = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (String name : definitions.keySet()) {
      if (name.startsWith("___")) {
        continue;
      }
      if (model.history(name).isEmpty()) {
        newName(name, lines);
      } else {
        compare(name, values, lines);
      }
    }
    for (String name : definitions.keySet()) {
      String flag = canonical(name);
      boolean alone = name.startsWith("___") && !definitions.containsKey(flag);
      if (alone && flag(flag).isEmpty() && model.history(flag).isEmpty()) {
        lines.add(place(name) + ": " + flag + " is a flag that the model does not know");
      }
    }
    for (String name : model.gfpNames()) {
      boolean there = definitions.containsKey(name) || definitions.containsKey("_" + name);
      boolean inHeaders =
          model.history(name).orElseThrow().facts().stream()
              .filter(f -> f.holdsIn(model.version()))
              .anyMatch(f -> f.source().startsWith(MAIN));
      if (!there && inHeaders) {
        values.put(name, Optional.empty());
        lines.add(
            MAIN + ".h: " + name + " is not defined, which Linux " + model.version() + " has");
      }
    }
    return new Differences(values, List.copyOf(lines));
  }

  /** A name that no version of the model has: a flag, or one made of others. */
  private void newName(String name, List<String> lines) {
    unknown.clear();
    Optional<GfpMask> value = value(name, 0);
    if (name.startsWith("__") && (value.isEmpty() || !unknown.isEmpty())) {
      lines.add(place(name) + ": " + name + " is a flag that the model does not know");
    }
  }

  private void compare(String name, Map<String, Optional<GfpMask>> values, List<String> lines) {
    unknown.clear();
    Optional<GfpMask> value = value(name, 0);
    if (!unknown.isEmpty()) {
      String flags = String.join(" and ", unknown.stream().sorted().toList());
      if (model.versionNote().isEmpty()) {
        throw new ModelDataException(
            place(name),
            name,
            "is made with "
                + flags
                + ", which the model does not know; --kernel-version "
                + model.version()
                + " judges by what it knows of that version");
      }
      lines.add(place(name) + ": " + name + " is made with " + flags + ", which is left out");
    }
    if (value.isEmpty()) {
      if (unknown.isEmpty()) {
        lines.add(place(name) + ": the value of " + name + " is not understood");
      }
      return;
    }
    Optional<GfpMask> known = model.mask(name);
    if (known.isEmpty()) {
      values.put(name, value);
      lines.add(
          place(name) + ": " + name + " is defined, which Linux " + model.version() + " lacks");
    } else if (!known.equals(value)) {
      values.put(name, value);
      lines.add(
          place(name)
              + ": "
              + name
              + " is "
              + value.get()
              + "; in Linux "
              + model.version()
              + " it is "
              + known.get());
    }
  }

  private String place(String name) {
    return definitions.get(name).get(0).place;
  }

  private static String canonical(String name) {
    return name.startsWith("___") ? name.substring(1) : name;
  }

  private static Optional<GfpMask> flag(String name) {
    for (GfpFlag flag : GfpFlag.values()) {
      if (flag.spelling().equals(name)) {
        return Optional.of(GfpMask.of(flag));
      }
    }
    return Optional.empty();
  }

  /**
   * The value of a name; flags that the model does not know are noted and left out. Of several
   * definitions, each for some configurations, one that the model agrees with counts.
   */
  private Optional<GfpMask> value(String name, int depth) {
    String canonical = canonical(name);
    Optional<GfpMask> flag = flag(canonical);
    if (flag.isPresent()) {
      return flag;
    }
    List<Definition> texts = definitions.getOrDefault(canonical, List.of());
    if (texts.isEmpty() || depth > MAX_DEPTH) {
      Optional<GfpMask> known = model.mask(canonical);
      if (known.isEmpty() && (canonical.startsWith("__") || !texts.isEmpty())) {
        unknown.add(canonical);
        return Optional.of(GfpMask.NONE);
      }
      return known;
    }
    Optional<GfpMask> first = Optional.empty();
    Set<String> before = new HashSet<>(unknown);
    for (Definition definition : texts) {
      int others = unknown.size();
      Optional<GfpMask> value = value(canonical, definition, depth);
      boolean complete = value.isPresent() && unknown.size() == others;
      if (complete && value.equals(model.mask(canonical))) {
        unknown.retainAll(before);
        return value;
      }
      first = first.or(() -> value);
    }
    return first;
  }

  private Optional<GfpMask> value(String name, Definition definition, int depth) {
    try {
      return Optional.of(
          MaskExpression.parse(
                  definition.text, n -> n.equals(name) ? Optional.empty() : value(n, depth + 1))
              .mask());
    } catch (MaskExpression.UnknownMaskName e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // A number of its own, or BIT() of one: a flag.
      if (name.startsWith("__")) {
        unknown.add(name);
        return Optional.of(GfpMask.NONE);
      }
      return Optional.empty();
    }
  }
}
