package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.gfplint.rules.Rule;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of a rule on the screen, and what of it holds in a version. */
class ExplainCommandTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
  }

  private RunResult explain(String... more) {
    return RunResult.of(
        tree.root(), Stream.concat(Stream.of("explain"), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void inATreeThePageEndsWithWhatHoldsThere() throws IOException {
    String old = explain("vmalloc-restricted").out();
    assertThat(old)
        .contains("\nIn 4.16\n  The wrong example above is reported:\n")
        .contains("What decides it:", "allocates page tables with GFP_KERNEL whatever");
    tree.write("Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\n");
    String now = explain("vmalloc-restricted").out();
    assertThat(now)
        .contains("\nIn 6.12.3\n  The wrong example above is not reported.\n")
        .contains("What decides it:", "in a NOFS scope of its own", "(5.17 to before 6.19,");
    // What is asked for goes before the tree's.
    assertThat(explain("GFP101", "--kernel-version", "4.16").out()).isEqualTo(old);
    assertThat(RunResult.of(directory, "explain", "GFP101", "--tree", tree.root().toString()).out())
        .isEqualTo(now);
  }

  @Test
  void outsideOfATreeItIsThePageAlone() {
    String page = RunResult.of(directory, "explain", "vmalloc-restricted").out();
    assertThat(page).doesNotContain("\nIn ").contains("\nLimits\n");
    assertThat(explain("vmalloc-restricted").out()).startsWith(page);
  }

  @Test
  void headingsStandOutOnATerminalOnly() {
    String[] command = {"explain", "vmalloc-restricted"};
    String plain = explain("vmalloc-restricted").out();
    assertThat(plain).doesNotContain("\u001b");
    String colourful = RunResult.of(tree.root(), Map.of(), true, command).out();
    assertThat(colourful).contains("\u001b[1mWhy\u001b[0m\n");
    assertThat(colourful.replaceAll("\u001b\\[\\d*m", "")).isEqualTo(plain);
    assertThat(RunResult.of(tree.root(), Map.of("NO_COLOR", "1"), true, command).out())
        .isEqualTo(plain);
    assertThat(RunResult.of(tree.root(), Map.of("TERM", "dumb"), true, command).out())
        .isEqualTo(plain);
  }

  static Stream<String> rules() {
    return Rules.all().stream().map(Rule::info).map(info -> info.name());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyPageFitsAScreen(String rule) {
    RunResult page = explain(rule);
    assertThat(page.exit()).isZero();
    assertThat(page.out()).contains("\nIn 4.16\n").doesNotContain("`", "**", "```");
    // Code and names that cannot be broken stay as they are.
    assertThat(page.out().lines())
        .filteredOn(line -> !line.startsWith("    ") && line.strip().indexOf(' ') > 0)
        .allMatch(line -> line.length() <= 80);
  }
}
