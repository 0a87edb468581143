package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.gfplint.report.SarifSchema;

/**
 * A tree and what is done with it. Whatever the tree holds, a command ends by itself with an exit
 * status that tells of no internal error, and what it writes is well formed and safe to look at.
 *
 * @param files content by path in the tree
 * @param commands each with its arguments; FILE: stands for the tree's directory
 */
record FuzzCase(Map<String, byte[]> files, List<List<String>> commands) {
  /** What no report may hold as it is. */
  static final String MARKUP = "<img src=x onerror=alert(1)>";

  /** A command that is none: with a seed as argument it damages what the ones before it kept. */
  static final String DAMAGE_CACHE = "damage-cache";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FORMATS = List.of("text", "sarif", "json", "csv", "md", "html");

  FuzzCase {
    files = new TreeMap<>(files);
    commands = List.copyOf(commands);
  }

  /** The arguments that write every form of report into a directory beside the tree. */
  static List<String> everyReport(String directory) {
    List<String> arguments = new ArrayList<>();
    for (String format : FORMATS) {
      arguments.addAll(List.of("--format", format, "-o", "../" + directory + "/report." + format));
    }
    return arguments;
  }

  /** Writes the tree; empty directories for reports and for a cache are made beside it. */
  Path write(Path directory) throws IOException {
    Path tree = directory.resolve("tree");
    deleteAll(directory);
    for (String name : List.of("tree", "one", "two", "three", "cache")) {
      Files.createDirectories(directory.resolve(name));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = tree.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return tree;
  }

  /**
   * Runs the commands in the tree that was written.
   *
   * @return the exit status of each
   * @throws AssertionError if something is wrong
   */
  List<Integer> run(Path directory) throws IOException {
    Path tree = directory.resolve("tree");
    Map<String, String> environment = Map.of("GFPLINT_CACHE_DIR", directory + "/cache");
    List<Integer> exits = new ArrayList<>();
    for (List<String> command : commands) {
      if (command.get(0).equals(DAMAGE_CACHE)) {
        damageCache(directory.resolve("cache"), new Random(Long.parseLong(command.get(1))));
        continue;
      }
      RunResult result = RunResult.of(tree, environment, false, command.toArray(String[]::new));
      String what = String.join(" ", command) + "\n" + result.err();
      if (!isSaid(command, result)) {
        assertThat(result.exit()).as(what).isBetween(0, 2);
      }
      assertThat(result.err()).doesNotContain("internal error");
      // Tabs are those of the stack that --debug shows.
      assertPrintable("standard error", result.err(), "\n\t");
      exits.add(result.exit());
    }
    for (String reports : List.of("one", "two", "three")) {
      if (Files.exists(directory.resolve(reports).resolve("report.html"))) {
        assertReports(directory.resolve(reports));
      }
    }
    assertSame(directory);
    return exits;
  }

  /** What ends with 3 for a reason that it gives. */
  private static boolean isSaid(List<String> command, RunResult result) {
    return result.exit() == 3
        && (command.get(0).equals("doctor")
            || result.err().contains("which the model does not know; --kernel-version "));
  }

  private static void assertReports(Path directory) throws IOException {
    for (String format : FORMATS) {
      Path file = directory.resolve("report." + format);
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThat(text.getBytes(StandardCharsets.UTF_8)).as(file + " is UTF-8").isEqualTo(bytes);
      assertPrintable(file.toString(), text, format.equals("csv") ? "\r\n" : "\n");
      if (format.equals("html")) {
        assertThat(text).as(file.toString()).doesNotContain("<img");
      }
      if (format.equals("md")) {
        assertNoMarkup(Parser.builder().build().parse(text));
      }
    }
    String sarif = Files.readString(directory.resolve("report.sarif"));
    assertThat(SarifSchema.violations(sarif)).as("SARIF").isEmpty();
    assertThat(JSON.readTree(directory.resolve("report.json").toFile()).path("format").asInt())
        .isEqualTo(1);
  }

  /** Nothing in a tree makes a link, an image or a tag in a page of Markdown. */
  private static void assertNoMarkup(Node page) {
    page.accept(
        new AbstractVisitor() {
          @Override
          public void visit(HtmlInline tag) {
            throw new AssertionError("a tag in Markdown: " + tag.getLiteral());
          }

          @Override
          public void visit(HtmlBlock block) {
            throw new AssertionError("a tag in Markdown: " + block.getLiteral());
          }

          @Override
          public void visit(Image image) {
            throw new AssertionError("an image in Markdown: " + image.getDestination());
          }

          @Override
          public void visit(Link link) {
            throw new AssertionError("a link in Markdown: " + link.getDestination());
          }
        });
  }

  /** No character that a terminal, an editor or a reader of lines takes for a command. */
  private static void assertPrintable(String where, String text, String allowed) {
    text.codePoints()
        .filter(c -> allowed.indexOf(c) < 0 && isCommand(c))
        .findFirst()
        .ifPresent(
            c -> {
              int at = text.indexOf(Character.toString(c));
              String around =
                  text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
              throw new AssertionError(
                  String.format("%s has U+%04X as it is: %s", where, c, JSON.valueToTree(around)));
            });
  }

  private static boolean isCommand(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** Where the same was done twice, the same came out. */
  private static void assertSame(Path directory) throws IOException {
    for (String format : FORMATS) {
      Path one = directory.resolve("one/report." + format);
      Path two = directory.resolve("two/report." + format);
      if (Files.exists(one) && Files.exists(two)) {
        assertThat(Files.readString(two))
            .as(format + " of two runs")
            .isEqualTo(Files.readString(one));
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    commands.forEach(command -> text.append(String.join(" ", command)).append('\n'));
    return text.toString();
  }

  /** Changes some bytes of each file in the cache, or cuts it off. */
  private static void damageCache(Path cache, Random random) throws IOException {
    List<Path> kept;
    try (Stream<Path> found = Files.walk(cache)) {
      kept = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : kept) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > 0 && random.nextInt(3) > 0) {
        for (int i = random.nextInt(40); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        Files.write(file, Arrays.copyOf(bytes, length));
      }
    }
  }

  static void deleteAll(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> found = Files.walk(directory)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
