package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
  @Test
  void printsTheFindingTheWayThereAndTheReasons() throws IOException {
    assertThat(
            Samples.write(
                new TextReport(false), Samples.report(List.of(Samples.TRACED, Samples.BARE))))
        .isEqualTo(
            """
            fs/foo/super.c:120:9: error: __vmalloc() with GFP_NOFS may enter filesystem reclaim in 4.16 [GFP101 vmalloc-restricted]
                1. fs/foo/super.c:98:2: in foo_fill_super(): calls foo_alloc()
                2. fs/foo/super.c:120:9: in foo_alloc(): calls __vmalloc()
                because: page tables are allocated with GFP_KERNEL whatever the mask (4.10 to before 5.17, mm/vmalloc.c:__vmalloc_area_node)
            net/bar/main.c:7:1: note: kvmalloc() with GFP_NOFS never falls back to vmalloc in 4.16 [GFP102 kvmalloc-no-fallback]
                confidence: medium
            """);
  }

  @Test
  void textFromTheTreeCannotForgeLinesOrSendTerminalSequences() throws IOException {
    String nasty = "a\n\u001b[2Jb\u202e\u2028\u009b";
    String text =
        Samples.write(
            new TextReport(false),
            Samples.report(
                List.of(Samples.withText(Samples.TRACED, "p" + nasty, "f" + nasty, "m" + nasty))));
    assertThat(text.lines()).hasSize(4);
    assertThat(text.replace("\n", "").chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    assertThat(text).contains("pa\\x0a\\x1b[2Jb\\u202e\\u2028\\x9b:120:9: error: ma\\x0a");
  }

  @Test
  void aStepInATableNamesNoFunction() throws IOException {
    String text =
        Samples.write(
            new TextReport(false),
            Samples.report(
                List.of(Samples.withText(Samples.TRACED, "fs/foo/ops.c", "", "is called back"))));
    assertThat(text).contains("1. fs/foo/ops.c:120:9: is called back").doesNotContain(": in ");
  }

  @Test
  void ordinaryTextOfAnyLanguageStays() {
    assertThat(TerminalText.escape("fs/für/\u6f22\ud83d\ude00 \\n.c"))
        .isEqualTo("fs/für/\u6f22\ud83d\ude00 \\n.c");
    assertThat(TerminalText.escape("\ud83d.c")).isEqualTo("\\ud83d.c");
  }

  @Test
  void colourOnlyAddsSequences() throws IOException {
    Report report = Samples.report(List.of(Samples.TRACED, Samples.BARE));
    String coloured = Samples.write(new TextReport(true), report);
    assertThat(coloured).contains("\u001b[1;31merror:\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(Samples.write(new TextReport(false), report));
  }
}
