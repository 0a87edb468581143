package org.gfplint.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAdditions;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.Rules;

/** What {@code .gfplint.yaml} in a tree says. What a command line says goes before it. */
final class Settings {
  static final String FILE = ".gfplint.yaml";

  static final String DEFAULT_ARCH = "x86";
  static final Confidence DEFAULT_CONFIDENCE = Confidence.HIGH;
  static final CheckCommand.FailOn DEFAULT_FAIL_ON = CheckCommand.FailOn.WARNING;

  static final List<String> KEYS =
      List.of(
          "kernel-version",
          "arch",
          "rt",
          "confidence",
          "fail-on",
          "baseline",
          "rules",
          "paths",
          "allocators",
          "contexts");

  /** The time to match grows with the power of them; more are nobody's, two are one "**". */
  private static final int MOST_STARS = 4;

  private static final String OFF = "off";

  /**
   * A value and where it comes from.
   *
   * @param place as in ".gfplint.yaml:3"
   */
  record From<T>(T value, String place) {}

  Optional<From<KernelVersion>> kernelVersion = Optional.empty();
  Optional<From<String>> arch = Optional.empty();
  Optional<From<Boolean>> realtime = Optional.empty();
  Optional<From<Confidence>> confidence = Optional.empty();
  Optional<From<CheckCommand.FailOn>> failOn = Optional.empty();
  Optional<From<String>> baseline = Optional.empty();

  /** Levels by id of rule; empty for a rule that is off. */
  final Map<String, From<Optional<Level>>> rules = new TreeMap<>();

  final List<From<String>> onlyPaths = new ArrayList<>();
  final List<From<String>> excludedPaths = new ArrayList<>();
  final Map<String, From<ModelAdditions.Allocator>> allocators = new LinkedHashMap<>();
  final Map<String, From<ModelAdditions.Context>> contexts = new LinkedHashMap<>();

  private Settings() {}

  /** Those of a tree that says nothing. */
  static Settings none() {
    return new Settings();
  }

  /**
   * Those of a tree.
   *
   * @throws InputException if the file is there and not right; the message says in which line
   */
  static Settings of(Path tree) {
    Path file = tree.resolve(FILE);
    Settings settings = new Settings();
    if (Files.exists(file)) {
      requireInside(tree, file);
      settings.read(SettingsFile.read(file, FILE));
    }
    return settings;
  }

  /** A link out of the tree is not the tree's, and a pipe would be waited for. */
  private static void requireInside(Path tree, Path file) {
    try {
      if (!file.toRealPath().startsWith(tree.toRealPath())) {
        throw new InputException(FILE + " is a symbolic link out of the tree");
      }
      if (!Files.isRegularFile(file)) {
        throw new InputException(FILE + " is not a regular file");
      }
    } catch (IOException e) {
      throw new InputException("cannot read " + FILE + ": " + e.getMessage());
    }
  }

  /**
   * Those that a file says which is not on disk.
   *
   * @throws InputException if it is not right; the message says in which line
   */
  static Settings of(byte[] content) {
    Settings settings = new Settings();
    settings.read(SettingsFile.read(content, FILE));
    return settings;
  }

  private void read(SettingsFile.Node top) {
    top.mapping(KEYS)
        .forEach(
            (key, node) -> {
              switch (key) {
                case "kernel-version" ->
                    kernelVersion = from(node, node.as(TreeSelection::version));
                case "arch" -> arch = from(node, node.text());
                case "rt" ->
                    realtime = from(node, node.oneOf(List.of("true", "false")).equals("true"));
                case "confidence" -> confidence = from(node, constant(node, Confidence.class));
                case "fail-on" -> failOn = from(node, constant(node, CheckCommand.FailOn.class));
                case "baseline" -> baseline = from(node, node.text());
                case "rules" -> node.mapping().forEach(this::rule);
                case "paths" -> paths(node);
                case "allocators" -> node.mapping().forEach(this::allocator);
                default -> node.mapping().forEach(this::context);
              }
            });
  }

  private static <T> Optional<From<T>> from(SettingsFile.Node node, T value) {
    return Optional.of(new From<>(value, node.place()));
  }

  private static <E extends Enum<E>> E constant(SettingsFile.Node node, Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return words.get(node.oneOf(words.keySet()));
  }

  private void rule(String name, SettingsFile.Node node) {
    RuleInfo rule;
    try {
      rule = RuleSelection.one(name);
    } catch (InputException e) {
      throw node.wrong(e.getMessage());
    }
    String level = node.oneOf(List.of("error", "warning", "note", OFF));
    rules.put(
        rule.id(),
        new From<>(
            level.equals(OFF)
                ? Optional.empty()
                : Optional.of(Level.valueOf(level.toUpperCase(Locale.ROOT))),
            node.place()));
  }

  private void paths(SettingsFile.Node node) {
    node.mapping(List.of("only", "exclude"))
        .forEach(
            (key, list) -> {
              for (SettingsFile.Node path : list.list()) {
                path.as(Settings::matcher);
                (key.equals("only") ? onlyPaths : excludedPaths)
                    .add(new From<>(path.text(), path.place()));
              }
            });
  }

  private void allocator(String name, SettingsFile.Node node) {
    Map<String, SettingsFile.Node> keys = node.mapping(List.of("like", "mask", "size"));
    List<Integer> size = new ArrayList<>();
    if (keys.containsKey("size")) {
      keys.get("size").list().forEach(n -> size.add(n.as(Settings::argument)));
    }
    allocators.put(
        name,
        new From<>(
            new ModelAdditions.Allocator(like(name, node, keys), argument(keys, "mask"), size),
            node.place()));
  }

  private void context(String name, SettingsFile.Node node) {
    Map<String, SettingsFile.Node> keys = node.mapping(List.of("like", "lock"));
    contexts.put(
        name,
        new From<>(
            new ModelAdditions.Context(like(name, node, keys), argument(keys, "lock")),
            node.place()));
  }

  private static String like(
      String name, SettingsFile.Node node, Map<String, SettingsFile.Node> keys) {
    if (!name.matches("[A-Za-z_]\\w*")) {
      throw node.wrong("not the name of a function");
    }
    if (!keys.containsKey("like")) {
      throw node.wrong("'" + name + "' needs a 'like': a function that does the same");
    }
    return keys.get("like").text();
  }

  private static OptionalInt argument(Map<String, SettingsFile.Node> keys, String key) {
    return keys.containsKey(key)
        ? OptionalInt.of(keys.get(key).as(Settings::argument))
        : OptionalInt.empty();
  }

  /** Arguments count from 1 for people, from 0 for the model. */
  private static int argument(String text) {
    if (!text.matches("[1-9]\\d?")) {
      throw new InputException("expected the number of an argument, from 1");
    }
    return Integer.parseInt(text) - 1;
  }

  // ---- what follows from them

  /** The functions that they add to the model. */
  ModelAdditions additions() {
    return new ModelAdditions(values(allocators), values(contexts));
  }

  private static <T> Map<String, T> values(Map<String, From<T>> from) {
    Map<String, T> values = new TreeMap<>();
    from.forEach((name, value) -> values.put(name, value.value()));
    return values;
  }

  /** What is wrong with a function that they add. */
  InputException unknown(ModelAdditions.UnknownNameException e) {
    From<?> added = allocators.get(e.name());
    added = added == null ? contexts.get(e.name()) : added;
    return new InputException(
        (added == null ? FILE : added.place()) + ": " + TerminalText.escape(e.getMessage()));
  }

  /** The rules that are not off. */
  List<RuleInfo> activeRules() {
    return Rules.all().stream()
        .map(r -> r.info())
        .filter(r -> !rules.containsKey(r.id()) || rules.get(r.id()).value().isPresent())
        .toList();
  }

  /** The finding at the level that they give to its rule. */
  Finding levelled(Finding finding) {
    From<Optional<Level>> level = rules.get(finding.ruleId());
    return level == null || level.value().isEmpty()
        ? finding
        : finding.withLevel(level.value().get());
  }

  /** Which files findings are reported in; paths relative to the tree. */
  Predicate<String> reported() {
    List<PathMatcher> only = onlyPaths.stream().map(p -> matcher(p.value())).toList();
    List<PathMatcher> excluded = excludedPaths.stream().map(p -> matcher(p.value())).toList();
    return text -> {
      Path path = Path.of(text);
      return (only.isEmpty() || only.stream().anyMatch(m -> m.matches(path)))
          && excluded.stream().noneMatch(m -> m.matches(path));
    };
  }

  /** A file, a directory with all that is in it, or a pattern as shells have it. */
  private static PathMatcher matcher(String text) {
    if (Arrays.stream(text.split("/")).anyMatch(part -> stars(part) > MOST_STARS)
        || stars(text) > 2 * MOST_STARS) {
      throw new InputException("too many '*' in one pattern");
    }
    String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      PathMatcher exact = FileSystems.getDefault().getPathMatcher("glob:" + path);
      PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + path + "/**");
      return p -> exact.matches(p) || below.matches(p);
    } catch (PatternSyntaxException e) {
      throw new InputException("not a pattern of paths: " + e.getDescription());
    }
  }

  private static long stars(String text) {
    return text.chars().filter(c -> c == '*').count();
  }

  /** The baseline to compare with, unless another is given. */
  Optional<Path> baseline(Path tree) {
    return baseline.map(
        b -> {
          try {
            return tree.resolve(b.value());
          } catch (InvalidPathException e) {
            throw new InputException(b.place() + ": not the name of a file");
          }
        });
  }
}
