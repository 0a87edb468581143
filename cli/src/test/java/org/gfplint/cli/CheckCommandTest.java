package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs over small trees. */
class CheckCommandTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/vmalloc.c", SmallTree.VMALLOC);
    tree.write("fs/contradiction.c", SmallTree.CONTRADICTION);
    tree.write("mm/clean.c", SmallTree.CLEAN);
  }

  @Test
  void findingsGoToStandardOutputAndTheSummaryToStandardError() {
    RunResult result = tree.check();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .contains("fs/vmalloc.c:3:9: error: ", "[GFP101 vmalloc-restricted]")
        .contains("fs/contradiction.c:3:", ": warning: ", "[GFP105 contradictory-flags]")
        .contains("\n    because: ")
        .doesNotContain("mm/clean.c");
    assertThat(result.err())
        .matches(
            "gfplint: kernel 4\\.16: 3 files, 3 functions, 3 calls, 3 allocations,"
                + " 2 findings \\(1 error, 1 warning\\), \\d+\\.\\d s\n");
  }

  @Test
  void functionsWithTooManyPathsAreCounted() throws IOException {
    StringBuilder code = new StringBuilder("void demo_paths(struct demo *d)\n{\n");
    String[] variables = {"a", "b", "c", "d", "e", "f"};
    for (String v : variables) {
      code.append("\tint %s = 0;\n\tif (d->%s)\n\t\t%s = 1;\n".formatted(v, v, v));
    }
    code.append("\tspin_lock(&d->lock);\n");
    for (String v : variables) {
      code.append("\tif (%s)\n\t\tdemo_count(d);\n".formatted(v));
    }
    code.append("\tspin_unlock(&d->lock);\n}\n");
    tree.write("mm/paths.c", code.toString());
    RunResult result = tree.check("--format", "json");
    assertThat(result.err()).contains(" 4 functions (not all paths of 1), ");
    assertThat(result.out()).contains("\"functions\" : 4,", "\"bounded\" : 1");
    assertThat(tree.check("--format", "sarif").out()).containsPattern("\"bounded\" ?: ?1\\b");
    assertThat(tree.check("--format", "json", "fs").out()).contains("\"bounded\" : 0");
  }

  @ParameterizedTest
  @CsvSource({
    "fs/vmalloc.c, error, 1",
    "fs/contradiction.c, error, 0",
    "fs/contradiction.c, warning, 1",
    "fs/contradiction.c, note, 1",
    "fs/vmalloc.c, none, 0",
    "mm, note, 0"
  })
  void theExitStatusFollowsFailOn(String path, String failOn, int exit) {
    RunResult result = tree.check("--fail-on", failOn, path);
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    assertThat(result.out().isEmpty()).isEqualTo(path.equals("mm"));
  }

  @Test
  void pathsAndRulesNarrowTheReport() {
    assertThat(tree.check("fs/vmalloc.c").out()).doesNotContain("contradiction.c");
    assertThat(tree.check("--rules", "gfp105,vmalloc-restricted", "mm").exit()).isZero();
    assertThat(tree.check("--rules", "contradictory-flags").out())
        .contains("GFP105")
        .doesNotContain("GFP101");
  }

  @Test
  void pathsAreFoundBelowTheTreeAndBelowTheWorkingDirectory() throws IOException {
    String expected = tree.check("fs/vmalloc.c").out();
    Path fs = tree.root().resolve("fs");
    assertThat(RunResult.of(directory, "check", "--tree", "linux", "fs/vmalloc.c").out())
        .isEqualTo(expected);
    assertThat(RunResult.of(directory, "check", "--tree", "linux", "linux/fs/vmalloc.c").out())
        .isEqualTo(expected);
    assertThat(RunResult.of(directory, "check", "linux/fs/vmalloc.c").out()).isEqualTo(expected);
    assertThat(RunResult.of(fs, "check", "vmalloc.c").out()).isEqualTo(expected);
    assertThat(RunResult.of(fs, "check").out()).isEqualTo(tree.check().out());
  }

  @Test
  void theVersionDecides() {
    assertThat(tree.check("--kernel-version", "6.1", "fs/vmalloc.c").exit()).isZero();
  }

  @Test
  void aLoneFileNeedsOnlyAVersion() throws IOException {
    Files.writeString(directory.resolve("lone.c"), SmallTree.VMALLOC);
    RunResult result = RunResult.of(directory, "check", "--kernel-version", "4.16", "lone.c");
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).startsWith("lone.c:3:9: error: ");
  }

  @Test
  void theSameBytesComeOutEveryTime() throws IOException {
    for (int i = 0; i < 40; i++) {
      tree.write("drivers/d" + i + ".c", SmallTree.VMALLOC.replace("demo", "demo" + i));
    }
    RunResult one = tree.check("--threads", "1", "--format", "sarif");
    RunResult four = tree.check("--threads", "4", "--format", "sarif");
    assertThat(one.out()).isEqualTo(four.out()).doesNotContain(directory.toString());
    assertThat(tree.check("--threads", "1").out()).isEqualTo(tree.check("--threads", "4").out());
  }

  @Test
  void writesSeveralReportsAtOnce() throws IOException {
    String text = tree.check().out();
    RunResult result = tree.check("--format", "text", "--format", "sarif", "-o", "r.sarif");
    assertThat(result.out()).isEqualTo(text);
    JsonNode run =
        new ObjectMapper().readTree(tree.root().resolve("r.sarif").toFile()).at("/runs/0");
    assertThat(run.at("/results")).hasSize(2);
    assertThat(run.at("/invocations/0/exitCode").asInt()).isEqualTo(1);
    RunResult files =
        tree.check("--format", "text", "-o", "r.txt", "--format", "sarif", "-o", "r2.sarif");
    assertThat(files.out()).isEmpty();
    assertThat(tree.root().resolve("r.txt")).hasContent(text);
    assertThat(tree.root().resolve("r2.sarif"))
        .hasSameTextualContentAs(tree.root().resolve("r.sarif"));
  }

  @Test
  void findingsStandInGroups() throws IOException {
    tree.write("fs/foo/vmalloc.c", SmallTree.VMALLOC);
    assertThat(tree.check("--group-by", "subsystem").out())
        .startsWith("# fs: 2 findings\nfs/contradiction.c:3:")
        .contains("\n\n# fs/foo: 1 finding\nfs/foo/vmalloc.c:3:9: error: ");
    assertThat(tree.check("--group-by", "rule").out())
        .startsWith("# GFP101: 2 findings\nfs/foo/vmalloc.c:3:9: ")
        .contains("\n\n# GFP105: 1 finding\nfs/contradiction.c:3:");
    RunResult none = tree.check("--group-by", "maintainer");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no sections of a MAINTAINERS file");
    tree.write("MAINTAINERS", "FOO \u001b[2J\nF:\tfs/foo/\n\nTHE REST\nF:\t*/\n");
    assertThat(tree.check("--group-by", "maintainer").out())
        .startsWith("# FOO \\x1b[2J: 1 finding\nfs/foo/vmalloc.c:3:9: ")
        .contains("\n\n# THE REST: 2 findings\nfs/contradiction.c:3:");
    assertThat(tree.check("--group-by", "rule", "--format", "sarif").exit()).isEqualTo(2);
  }

  @Test
  void writesAnObjectForPrograms() throws IOException {
    tree.write("MAINTAINERS", "FOO\nF:\tfs/\n\nTHE REST\nF:\t*/\n");
    JsonNode run = new ObjectMapper().readTree(tree.check("--format", "json").out());
    assertThat(run.at("/format").asInt()).isEqualTo(1);
    assertThat(run.at("/kernel").asText()).isEqualTo("4.16");
    assertThat(run.at("/exitStatus").asInt()).isEqualTo(1);
    assertThat(run.at("/ignored")).isEmpty();
    assertThat(run.at("/findings")).hasSize(2);
    JsonNode finding = run.at("/findings/1");
    assertThat(finding.at("/name").asText()).isEqualTo("vmalloc-restricted");
    assertThat(finding.at("/location/path").asText()).isEqualTo("fs/vmalloc.c");
    assertThat(finding.at("/location/line").asInt()).isEqualTo(3);
    assertThat(finding.at("/maintainers/0").asText()).isEqualTo("FOO");
    assertThat(finding.at("/maintainers/1").asText()).isEqualTo("THE REST");
    assertThat(finding.at("/facts/0/sentence").asText()).isNotEmpty();
    assertThat(finding.at("/fingerprint").asText()).hasSize(32);
  }

  @Test
  void writesATableForSpreadsheets() throws IOException {
    tree.write("=cmd(),\".c", SmallTree.VMALLOC);
    assertThat(tree.check("--format", "csv").out())
        .startsWith("path,line,column,rule,name,level,confidence,message,function,")
        .contains("\r\n\"'=cmd(),\"\".c\",3,9,GFP101,vmalloc-restricted,error,high,")
        .contains("\r\nfs/vmalloc.c,3,9,GFP101,");
  }

  @Test
  void writesMarkdownThatNamesCannotBreak() throws IOException {
    tree.write("fs/a`|<b>.c", SmallTree.VMALLOC);
    tree.write("MAINTAINERS", "<i>FOO*\nF:\tfs/a*\n\nTHE REST\nF:\t*/\n");
    assertThat(tree.check("--format", "md", "--group-by", "maintainer").out())
        .startsWith("# gfplint, Linux 4.16\n\n3 findings in 4 files.\n\n| rule | findings |")
        .contains("| GFP101 vmalloc-restricted | 2 |")
        .contains("\n## \\<i\\>FOO\\*\n\n- `` fs/a`|<b>.c:3:9 ``: error: ")
        .contains("\n## THE REST\n\n- `fs/contradiction.c:3:");
    assertThat(tree.check("--format", "md").out()).contains("\n## fs\n\n- ");
  }

  @Test
  void writesAPageThatTheTreeCannotChange() throws IOException {
    String markup = "<img src=x>\"'&<script>";
    tree.write(
        "fs/a" + markup.replace("/", "") + ".c",
        SmallTree.VMALLOC.replace("GFP_NOFS,", "GFP_NOFS /* </script>" + markup + "\u202e */,"));
    tree.write("MAINTAINERS", "</option>" + markup + "\nF:\tfs/\n\nTHE REST\nF:\t*/\n");
    String page = tree.check("--format", "html").out();
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<h1>Findings in Linux 4.16</h1>", "3 findings in 4 files")
        .contains("data-rule=\"GFP101\"", "data-rule=\"GFP105\"", "<div class=\"facts\">because:")
        .contains("<mark><b>3</b>        return __vmalloc(size, GFP_NOFS /* &lt;/script&gt;&lt;img")
        .contains("<svg ", "fs/vmalloc.c:3:9")
        .doesNotContain("<img", "\u202e", "http:", "https:", " src=x>\"'&<");
    assertThat(page.split("<script>", -1)).hasSize(2);
    assertThat(page.split("</script>", -1)).hasSize(2);
    assertThat(page.split("<article ", -1)).hasSize(4);
    assertThat(page).isEqualTo(tree.check("--format", "html").out());
  }

  @Test
  void theSourceOnAPageIsThatOfTheChange() throws IOException {
    tree.write(
        "new.patch",
        """
        --- /dev/null
        +++ b/fs/new.c
        @@ -0,0 +1,4 @@
        +static void *demo_new(unsigned long size)
        +{
        +	return __vmalloc(size, GFP_NOFS, PAGE_KERNEL);
        +}
        """);
    assertThat(tree.check("--patch", "new.patch", "--format", "html").out())
        .contains("<mark><b>3</b>        return __vmalloc(size, GFP_NOFS, PAGE_KERNEL);</mark>");
  }

  @Test
  void quietLeavesOnlyWhatMatters() throws IOException {
    assertThat(tree.check("-q").err()).isEmpty();
    tree.write("fs/object.c", new byte[] {0});
    RunResult result = tree.check("-q");
    assertThat(result.err()).isEqualTo("gfplint: skipped fs/object.c: binary content\n");
    assertThat(result.out()).isEqualTo(tree.check().out());
  }

  @Test
  void aTerminalGetsColoursAndProgressUnlessToldOtherwise() {
    RunResult terminal = RunResult.of(tree.root(), Map.of(), true, "check");
    assertThat(terminal.out()).contains("\u001b[");
    assertThat(terminal.err()).contains("\r");
    RunResult plain =
        RunResult.of(tree.root(), Map.of("NO_COLOR", "1", "CI", "true"), true, "check");
    assertThat(plain.out()).isEqualTo(tree.check().out());
    assertThat(plain.err()).doesNotContain("\r");
    assertThat(RunResult.of(tree.root(), Map.of(), true, "check", "-q").err()).isEmpty();
    assertThat(tree.check("--color", "always").out()).isEqualTo(terminal.out());
    assertThat(RunResult.of(tree.root(), Map.of(), true, "check", "--color", "never").out())
        .isEqualTo(tree.check().out());
  }

  @Test
  void outputThatNobodyTakesMakesTheRunIncomplete() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new Console(
                full,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of(),
                tree.root()),
            "check");
    assertThat(exit).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("gfplint: cannot write standard output: No space left on device\n");
  }
}
