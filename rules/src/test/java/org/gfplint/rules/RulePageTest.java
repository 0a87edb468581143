package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulePageTest {
  private static final Path TESTDATA = Path.of(System.getProperty("gfplint.testdata"));
  private static final Path DOCS = TESTDATA.resolveSibling("docs").resolve("rules");

  static List<String> pages() throws IOException {
    try (Stream<Path> folders = Files.list(TESTDATA.resolve("rules"))) {
      return folders
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String page(String... headings) {
    return "# GFP999 sample\n\n"
        + Stream.of(headings).map(h -> "## " + h + "\n\nText.\n\n").reduce("", String::concat);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFolderOfFixturesHasAPage(String rule) {
    RulePage page = RulePage.of(rule);

    assertThat(page.title()).matches("GFP\\d{3} " + rule);
    assertThat(page.code("Wrong")).hasSize(1);
    assertThat(page.code("Right")).hasSize(1);
    assertThat(page.markdown()).isEqualTo(page.markdown().strip() + "\n").doesNotContain("\t\n");
  }

  /** With -Dgfplint.update=true the copies are written instead of compared. */
  @Test
  void docsAreTheSameText() throws IOException {
    List<String> pages = pages();
    if (Boolean.getBoolean("gfplint.update")) {
      Files.createDirectories(DOCS);
      for (Path stale : docs()) {
        if (!pages.contains(ruleOf(stale))) {
          Files.delete(stale);
        }
      }
      for (String rule : pages) {
        Files.writeString(DOCS.resolve(rule + ".md"), RulePage.of(rule).markdown());
      }
    }
    assertThat(docs()).extracting(RulePageTest::ruleOf).containsExactlyElementsOf(pages);
    for (String rule : pages) {
      assertThat(DOCS.resolve(rule + ".md"))
          .as("docs/rules/%s.md; run the test with -Dgfplint.update=true to write it anew", rule)
          .hasContent(RulePage.of(rule).markdown());
    }
  }

  private static List<Path> docs() throws IOException {
    try (Stream<Path> files = Files.list(DOCS)) {
      return files.filter(p -> p.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String ruleOf(Path page) {
    return page.getFileName().toString().replaceFirst("\\.md$", "");
  }

  @Test
  void theTitleOfARuleIsItsIdAndName() {
    for (Rule rule : Rules.all()) {
      RuleInfo info = rule.info();
      assertThat(RulePage.of(info.name()).title()).isEqualTo(info.id() + " " + info.name());
    }
  }

  @Test
  void sectionsComeAsMarkdownAndAsPlainText() {
    RulePage page =
        RulePage.parse(
            "sample",
            page("What it reports", "Why", "Kernel versions", "Wrong", "Right")
                + "## How to fix\n\n1. Use `kmalloc`.\n\n```c\nint a; /* ## Limits */\n```\n\n"
                + "## Limits\n\n- None *known*.\n");

    assertThat(page.title()).isEqualTo("GFP999 sample");
    assertThat(page.section("How to fix"))
        .isEqualTo("1. Use `kmalloc`.\n\n```c\nint a; /* ## Limits */\n```");
    assertThat(page.code("How to fix")).containsExactly("int a; /* ## Limits */\n");
    assertThat(page.section("Limits")).isEqualTo("- None *known*.");
    assertThat(page.plainSection("Limits")).isEqualTo("- None known.\n");
    assertThat(page.plainText()).startsWith("GFP999 sample\n").doesNotContain("## What");
  }

  @Test
  void aMissingPartIsNamed() {
    String[] all = RulePage.SECTIONS.toArray(String[]::new);
    String[] withoutWhy = Stream.of(all).filter(s -> !s.equals("Why")).toArray(String[]::new);

    assertThatThrownBy(() -> RulePage.parse("sample", page(withoutWhy)))
        .isInstanceOf(RulePage.PageException.class)
        .hasMessage("page of rule sample has no section 'Why'");
    assertThatThrownBy(() -> RulePage.parse("sample", page(all).substring("# GFP999".length())))
        .hasMessageContaining("no title");
    assertThatThrownBy(() -> RulePage.parse("sample", page(all).replace("Text.", "")))
        .hasMessageContaining("empty section 'What it reports'");
    assertThatThrownBy(() -> RulePage.parse("sample", page(all) + page(all)))
        .hasMessageContaining("second title");
    assertThatThrownBy(() -> RulePage.parse("sample", page(all) + "## Notes\n\nText.\n"))
        .hasMessageContaining("Notes");
    assertThatThrownBy(() -> RulePage.of("no-such-rule"))
        .hasMessage("rule no-such-rule has no page no-such-rule.md");
    assertThatThrownBy(() -> RulePage.parse("sample", page(all)).section("Notes"))
        .hasMessageContaining("no section 'Notes'");
  }
}
