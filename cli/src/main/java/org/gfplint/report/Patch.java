package org.gfplint.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The change of a file as a unified diff that {@code git apply} and {@code patch -p1} take. Lines
 * keep their bytes, whatever the encoding and the line ends.
 */
public final class Patch {
  private static final int CONTEXT = 3;

  private Patch() {}

  /**
   * The diff.
   *
   * @param path relative to the tree, separated by '/'
   * @param heading lines to stand before it, which those programs skip
   * @return empty if nothing changed
   */
  public static byte[] of(String path, List<String> heading, byte[] before, byte[] after) {
    List<String> old = lines(before);
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            name("a/" + path), name("b/" + path), old, DiffUtils.diff(old, lines(after)), CONTEXT);
    if (diff.isEmpty()) {
      return new byte[0];
    }
    StringBuilder out = new StringBuilder();
    heading.forEach(line -> out.append(bytes(TerminalText.escape(line))).append('\n'));
    diff.forEach(line -> out.append(line).append('\n'));
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A line without an end is told apart from one that has it, as diff prints it. */
  private static List<String> lines(byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(Arrays.asList(all.split("\n", -1)));
    String last = lines.remove(lines.size() - 1);
    if (!last.isEmpty()) {
      lines.add(last + "\n\\ No newline at end of file");
    }
    return lines;
  }

  /** A name as git writes it: in quotes if it holds more than plain characters. */
  private static String name(String path) {
    StringBuilder quoted = new StringBuilder("\"");
    boolean plain = true;
    for (char c : bytes(path).toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
        plain = false;
      } else if (c < ' ' || c >= 0x7f) {
        quoted.append(String.format("\\%03o", (int) c));
        plain = false;
      } else {
        quoted.append(c);
      }
    }
    if (!plain) {
      return quoted.append('"').toString();
    }
    // Without the tab a blank in the name would end it.
    return path.contains(" ") ? path + "\t" : path;
  }

  /** The text's bytes in UTF-8, one char each. */
  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
