package org.gfplint.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gfplint.model.KernelVersion;

/**
 * A C file that states what must be reported in it, and by its silence what must not.
 *
 * <p>The first line names the kernel version, <code>/&#42; kernel: 4.16 &#42;/</code>. A line that
 * must be reported ends in <code>/&#42; expect: vmalloc-restricted &#42;/</code> (several names are
 * separated by commas; {@code (medium)} behind a name asks for that confidence). The file name says
 * what it is: bug, history (modelled on a bug that the kernel had) or ok.
 *
 * <p>A second line <code>/&#42; options: --rt &#42;/</code> stands for PREEMPT_RT.
 *
 * @param rule name of the rule whose folder it lies in
 * @param expected sorted; a name twice on a line is two findings there
 */
record Fixture(
    Path path, String rule, KernelVersion version, boolean realtime, List<Expectation> expected) {
  private static final Path ROOT = Path.of(System.getProperty("gfplint.testdata")).resolve("rules");
  private static final Pattern KERNEL = Pattern.compile("/\\* kernel: (\\S+) \\*/");
  private static final Pattern EXPECT = Pattern.compile("/\\* expect: ([a-z, ()-]+) \\*/\\s*$");
  private static final Pattern NAMED = Pattern.compile("([a-z-]+)(?: \\((low|medium|high)\\))?");

  /** A rule's name at a line (1-based), and how sure it is; "" if that does not matter. */
  record Expectation(int line, String rule, String confidence) implements Comparable<Expectation> {
    @Override
    public int compareTo(Expectation other) {
      return line != other.line ? Integer.compare(line, other.line) : rule.compareTo(other.rule);
    }

    boolean isMetBy(int foundLine, String foundRule, String foundConfidence) {
      return line == foundLine
          && rule.equals(foundRule)
          && (confidence.isEmpty() || confidence.equals(foundConfidence));
    }

    @Override
    public String toString() {
      return confidence.isEmpty() ? rule : rule + " (" + confidence + ")";
    }
  }

  /** "bug", "history" or "ok". */
  String kind() {
    return path.getFileName().toString().replaceFirst("-.*", "");
  }

  String name() {
    return rule + "/" + path.getFileName();
  }

  /** All fixtures, sorted by name. */
  static List<Fixture> all() {
    return folders().stream().flatMap(f -> of(f).stream()).toList();
  }

  /** The names of the rules that have a folder, sorted. */
  static List<String> folders() {
    return list(ROOT).stream()
        .filter(Files::isDirectory)
        .map(p -> p.getFileName().toString())
        .toList();
  }

  /** The fixtures in one rule's folder, sorted by name. */
  static List<Fixture> of(String rule) {
    Path folder = ROOT.resolve(rule);
    return Files.isDirectory(folder)
        ? list(folder).stream().map(p -> read(p, rule)).toList()
        : List.of();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fixture read(Path path, String rule) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path.toString(), e);
    }
    Matcher kernel = KERNEL.matcher(lines.isEmpty() ? "" : lines.get(0));
    if (!kernel.matches()) {
      throw new AssertionError(path + ": the first line must be like /* kernel: 4.16 */");
    }
    List<Expectation> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher m = EXPECT.matcher(lines.get(i));
      if (m.find()) {
        for (String name : m.group(1).split(", *")) {
          Matcher named = NAMED.matcher(name);
          if (!named.matches()) {
            throw new AssertionError(path + ":" + (i + 1) + ": not a rule's name: " + name);
          }
          String confidence = named.group(2) == null ? "" : named.group(2);
          expected.add(new Expectation(i + 1, named.group(1), confidence));
        }
      } else if (lines.get(i).contains("expect:")) {
        throw new AssertionError(path + ":" + (i + 1) + ": not a well-formed expectation");
      }
    }
    return new Fixture(
        path,
        rule,
        KernelVersion.parse(kernel.group(1)),
        isRealtime(lines),
        expected.stream().sorted().toList());
  }

  /** Whether the options line asks for PREEMPT_RT. */
  static boolean isRealtime(List<String> lines) {
    return lines.size() > 1 && lines.get(1).equals("/* options: --rt */");
  }
}
