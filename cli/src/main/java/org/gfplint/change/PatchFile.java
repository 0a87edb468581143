package org.gfplint.change;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.rules.ChangeSet;
import org.gfplint.rules.InputException;
import org.gfplint.source.Overlay;

/**
 * A unified diff, or mails that hold some, as {@code git format-patch} writes them. What is no part
 * of a diff is passed over; of several patches each applies to what the ones before it leave.
 */
public final class PatchFile {
  /** Larger ones are no patch that somebody wrote; bytes. */
  private static final int LIMIT = 256 << 20;

  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*");

  private final String name;
  private final List<FilePatch> files = new ArrayList<>();

  /** What a patch does to one file; a path is null where there is no file. */
  private static final class FilePatch {
    String oldPath;
    String newPath;
    final List<Hunk> hunks = new ArrayList<>();
  }

  /**
   * Lines in place of others.
   *
   * @param line where the old lines begin, 1-based; for none, the line that they follow
   */
  private record Hunk(int line, List<String> old, List<String> now) {}

  private PatchFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read or holds no diff
   */
  public static PatchFile read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw new InputException("cannot read the patch " + file + ": " + reason(e));
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name what messages call it
   * @throws InputException if it cannot be read or holds no diff
   */
  public static PatchFile read(InputStream in, String name) {
    try {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new InputException(name + " is too large for a patch");
      }
      PatchFile patch = new PatchFile(name);
      patch.parse(lines(Mails.areEncoded(bytes) ? Mails.texts(bytes) : bytes));
      return patch;
    } catch (IOException e) {
      throw new InputException("cannot read the patch " + name + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : e.getMessage();
  }

  /** Each with its line end; bytes as they are. */
  private static List<String> lines(byte[] bytes) {
    List<String> lines =
        new ArrayList<>(
            Arrays.asList(new String(bytes, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
    if (lines.size() == 1 && lines.get(0).isEmpty()) {
      lines.clear();
    }
    return lines;
  }

  // ---- reading

  private void parse(List<String> lines) {
    FilePatch file = null;
    int at = 0;
    while (at < lines.size()) {
      String line = stripped(lines.get(at));
      if (line.startsWith("diff --git ")) {
        file = new FilePatch();
        files.add(file);
      } else if (file != null && line.startsWith("rename from ")) {
        file.oldPath = path(line.substring(12), false);
      } else if (file != null && line.startsWith("rename to ")) {
        file.newPath = path(line.substring(10), false);
      } else if (line.startsWith("--- ")
          && at + 2 < lines.size()
          && lines.get(at + 1).startsWith("+++ ")
          && lines.get(at + 2).startsWith("@@ -")) {
        if (file == null || !file.hunks.isEmpty()) {
          file = new FilePatch();
          files.add(file);
        }
        file.oldPath = path(line.substring(4), true);
        file.newPath = path(stripped(lines.get(at + 1)).substring(4), true);
        at++;
      } else if (file != null && line.startsWith("@@ -")) {
        at = hunk(lines, at, file);
        continue;
      }
      at++;
    }
    files.removeIf(f -> f.oldPath == null && f.newPath == null);
    if (files.isEmpty()) {
      throw new InputException(name + " holds no diff that can be read");
    }
  }

  private static String stripped(String line) {
    String text = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Without the a/ or b/ before it, and what stands behind a tab; null for /dev/null. */
  private String path(String text, boolean hasPrefix) {
    String path = text;
    int tab = path.indexOf('\t');
    if (tab >= 0) {
      path = path.substring(0, tab);
    }
    if (path.startsWith("\"") && path.endsWith("\"") && path.length() > 1) {
      path = unquoted(path.substring(1, path.length() - 1));
    }
    if (path.equals("/dev/null")) {
      return null;
    }
    if (hasPrefix) {
      int slash = path.indexOf('/');
      if (slash < 0) {
        throw new InputException(name + ": no file below a directory: " + printable(path));
      }
      path = path.substring(slash + 1);
    }
    path = new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new InputException(name + ": not a path in a tree: " + printable(path));
      }
    }
    return path;
  }

  private static String unquoted(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        if (next >= '0' && next <= '3' && i + 2 < text.length()) {
          out.append((char) Integer.parseInt(text.substring(i, i + 3), 8));
          i += 2;
        } else {
          out.append(next == 't' ? '\t' : next == 'n' ? '\n' : next);
        }
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /** Reads one hunk; gives the line behind it. */
  private int hunk(List<String> lines, int start, FilePatch file) {
    Matcher m = HUNK.matcher(stripped(lines.get(start)));
    if (!m.matches()) {
      throw new InputException(name + ":" + (start + 1) + ": not a hunk that can be read");
    }
    int oldLeft = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
    int newLeft = m.group(4) == null ? 1 : Integer.parseInt(m.group(4));
    List<String> old = new ArrayList<>();
    List<String> now = new ArrayList<>();
    int at = start + 1;
    while (oldLeft > 0 || newLeft > 0) {
      if (at >= lines.size()) {
        throw new InputException(name + ":" + at + ": the patch is cut off");
      }
      String line = lines.get(at);
      char kind = line.charAt(0);
      // Some mail programs take the blank of an empty line away.
      String text = kind == '\n' || kind == '\r' ? line : line.substring(1);
      boolean same = kind == ' ' || kind == '\n' || kind == '\r';
      if (!same && kind != '-' && kind != '+' && kind != '\\') {
        throw new InputException(name + ":" + (at + 1) + ": the patch is damaged here");
      }
      if (kind == '\\') {
        at++;
        continue;
      }
      boolean bare = at + 1 < lines.size() && lines.get(at + 1).startsWith("\\ ");
      if (bare) {
        text = stripped(text);
      }
      if (same || kind == '-') {
        old.add(text);
        oldLeft--;
      }
      if (same || kind == '+') {
        now.add(text);
        newLeft--;
      }
      at++;
    }
    file.hunks.add(new Hunk(Integer.parseInt(m.group(1)), old, now));
    return at;
  }

  // ---- applying

  /**
   * The change that it makes of a tree.
   *
   * @param tree root of the tree
   * @throws InputException if it does not apply; the message says where
   */
  public ChangeSet applied(Path tree) {
    Map<String, Optional<byte[]>> now = new LinkedHashMap<>();
    Map<String, String> origin = new LinkedHashMap<>();
    for (FilePatch file : files) {
      apply(tree, file, now, origin);
    }
    Sides sides = new Sides();
    now.forEach(
        (path, content) -> {
          String before = origin.getOrDefault(path, path);
          boolean movedAway = content.isEmpty() && origin.containsValue(path);
          if (isSource(path) && !movedAway) {
            sides.add(new ChangedFile(before, onDisk(tree, before), path, content));
          }
        });
    return new ChangeSet(
        sides.after(Overlay.NONE), List.of(sides.before(Overlay.NONE)), sides.renamed());
  }

  private void apply(
      Path tree, FilePatch file, Map<String, Optional<byte[]>> now, Map<String, String> origin) {
    String from = file.oldPath == null ? file.newPath : file.oldPath;
    String to = file.newPath == null ? file.oldPath : file.newPath;
    Optional<byte[]> content = now.containsKey(from) ? now.get(from) : onDisk(tree, from);
    if (file.oldPath != null && content.isEmpty()) {
      throw new InputException(name + " does not apply: there is no " + printable(from));
    }
    List<String> lines = file.oldPath == null ? new ArrayList<>() : lines(content.orElseThrow());
    int shift = 0;
    int done = 0;
    int number = 0;
    for (Hunk hunk : file.hunks) {
      number++;
      int wanted = (hunk.old.isEmpty() ? hunk.line : hunk.line - 1) + shift;
      int at = place(lines, hunk.old, wanted, done);
      if (at < 0) {
        throw new InputException(
            name
                + " does not apply: "
                + printable(from)
                + ", hunk "
                + number
                + ", line "
                + hunk.line
                + " is not what it expects");
      }
      lines.subList(at, at + hunk.old.size()).clear();
      lines.addAll(at, hunk.now);
      done = at + hunk.now.size();
      shift = at + hunk.now.size() - hunk.old.size() - (wanted - shift);
    }
    if (!from.equals(to)) {
      now.put(from, Optional.empty());
      origin.put(to, origin.getOrDefault(from, from));
    }
    now.put(
        to,
        file.newPath == null
            ? Optional.empty()
            : Optional.of(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Where the lines are found, as near to the wanted place as can be; -1 if they are not there. */
  private static int place(List<String> lines, List<String> sought, int wanted, int from) {
    int last = lines.size() - sought.size();
    for (int away = 0; wanted - away >= from || wanted + away <= last; away++) {
      for (int at : new int[] {wanted - away, wanted + away}) {
        if (at >= from && at <= last && lines.subList(at, at + sought.size()).equals(sought)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean isSource(String path) {
    return path.endsWith(".c") || path.endsWith(".h");
  }

  private Optional<byte[]> onDisk(Path tree, String path) {
    Path file = tree.resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InputException("cannot read " + printable(path) + ": " + e.getMessage());
    }
  }
}
