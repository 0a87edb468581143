package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gfplint.report.SarifSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings that are known, by baseline or by comment. */
class BaselineCommandTest {
  private static final String BASELINE = ".gfplint-baseline.json";

  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/vmalloc.c", SmallTree.VMALLOC);
    tree.write("fs/contradiction.c", SmallTree.CONTRADICTION);
    tree.write("mm/clean.c", SmallTree.CLEAN);
  }

  private RunResult run(String... arguments) {
    return RunResult.of(tree.root(), arguments);
  }

  private RunResult compare() {
    return tree.check("--baseline", BASELINE);
  }

  @Test
  void whatIsKnownIsNotReportedAgain() throws IOException {
    RunResult created = run("baseline", "create");
    assertThat(created.exit()).as(created.err()).isZero();
    assertThat(created.err()).contains("2 findings in ");
    assertThat(compare().exit()).isZero();
    assertThat(compare().out()).isEmpty();
    assertThat(compare().err()).contains(" 0 findings, 2 known before");

    tree.write("mm/more.c", SmallTree.CONTRADICTION);
    assertThat(compare().exit()).isEqualTo(1);
    assertThat(compare().out()).startsWith("mm/more.c:3:").doesNotContain("fs/");
  }

  @Test
  void aFindingIsTheSameWhenLinesMoveAndLocalsAreRenamed() throws IOException {
    tree.write(
        "fs/vmalloc.c",
        """
        static void *demo_table(unsigned long size, int n)
        {
        	void *table = __vmalloc(size * n, GFP_NOFS, PAGE_KERNEL);
        	return table;
        }
        """);
    tree.write(
        "fs/contradiction.c",
        """
        static void *demo_node(gfp_t more)
        {
        	return kmalloc(64, GFP_KERNEL | GFP_NOFS | more);
        }
        """);
    run("baseline", "create");
    String moved = "/* a line */\n".repeat(40);
    tree.write(
        "fs/vmalloc.c",
        moved
            + """
        static void *demo_table(unsigned long bytes, int count)
        {
        	void *t = __vmalloc(bytes * count,
        			    GFP_NOFS, PAGE_KERNEL);
        	return t;
        }
        """);
    tree.write(
        "fs/contradiction.c",
        moved
            + """
        static void *demo_node(gfp_t extra)
        {
        	return kmalloc(64, GFP_KERNEL|GFP_NOFS|extra);
        }
        """);
    assertThat(compare().out()).isEmpty();
    assertThat(compare().err()).contains("2 known before");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GFP_NOFS/GFP_NOIO",
        "__vmalloc(size, GFP_NOFS, PAGE_KERNEL)/vmalloc_base(size, GFP_NOFS)",
        "demo_table/demo_array"
      })
  void anotherMaskCallOrFunctionIsAnotherFinding(String change) throws IOException {
    String[] parts = change.split("/");
    String base =
        "static void *vmalloc_base(unsigned long n, gfp_t g)\n"
            + "{\n\treturn __vmalloc(n, g, PAGE_KERNEL);\n}\n";
    tree.write("fs/vmalloc.c", base + SmallTree.VMALLOC);
    run("baseline", "create");
    assertThat(compare().exit()).isZero();
    tree.write("fs/vmalloc.c", base + SmallTree.VMALLOC.replace(parts[0], parts[1]));
    assertThat(compare().exit()).as(compare().err()).isEqualTo(1);
    assertThat(compare().out()).startsWith("fs/vmalloc.c:7:");
  }

  @Test
  void equalFindingsOfAFunctionAreCounted() throws IOException {
    String one = "\tp = kmalloc(64, GFP_KERNEL | GFP_NOFS);\n";
    String function = "static void demo(void)\n{\n\tvoid *p;\n%s}\n";
    tree.write("fs/contradiction.c", function.formatted(one));
    run("baseline", "create");
    tree.write("fs/contradiction.c", function.formatted(one + one));
    assertThat(compare().out()).startsWith("fs/contradiction.c:5:").doesNotContain(".c:4:");
  }

  @Test
  void sarifSaysWhatIsNew() throws IOException {
    run("baseline", "create", "fs/vmalloc.c");
    RunResult result = tree.check("--baseline", BASELINE, "--format", "sarif");
    JsonNode results = new ObjectMapper().readTree(result.out()).at("/runs/0/results");
    assertThat(results.findValuesAsText("baselineState")).containsExactly("new", "unchanged");
    assertThat(new ObjectMapper().readTree(tree.check("--format", "sarif").out()).toString())
        .doesNotContain("baselineState");
  }

  @Test
  void whatIsGoneIsSaidWhereTheRunLookedForIt() throws IOException {
    tree.write("tools/kept.c", SmallTree.CONTRADICTION);
    run("baseline", "create", "fs", "tools/kept.c");
    tree.write("fs/vmalloc.c", SmallTree.CLEAN);
    Files.delete(tree.root().resolve("fs/contradiction.c"));
    assertThat(compare().err()).contains(" 0 known before, 2 of the baseline gone");
    assertThat(tree.check("--baseline", BASELINE, "mm").err()).doesNotContain("gone");
    assertThat(tree.check("--baseline", BASELINE, "--rules", "gfp-argument").err())
        .doesNotContain("gone");
    JsonNode log =
        new ObjectMapper()
            .readTree(tree.check("--baseline", BASELINE, "--format", "sarif", "fs").out());
    assertThat(SarifSchema.violations(log.toString())).isEmpty();
    JsonNode results = log.at("/runs/0/results");
    assertThat(results.findValuesAsText("baselineState")).containsExactly("absent", "absent");
    JsonNode gone = results.at("/1");
    assertThat(gone.at("/ruleId").asText()).isEqualTo("GFP101");
    assertThat(gone.at("/level").asText()).isEqualTo("error");
    JsonNode place = gone.at("/locations/0");
    assertThat(place.at("/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("fs/vmalloc.c");
    assertThat(place.at("/physicalLocation").has("region")).isFalse();
    assertThat(place.at("/logicalLocations/0/name").asText()).isEqualTo("demo_table");
    JsonNode json =
        new ObjectMapper().readTree(tree.check("--baseline", BASELINE, "--format", "json").out());
    assertThat(json.at("/gone").findValuesAsText("fingerprint"))
        .isEqualTo(results.findValuesAsText("gfplint/v2"));
  }

  @Test
  void updateAddsAndTakesOutWhatTheRunIsAbout() throws IOException {
    run("baseline", "create");
    tree.write("fs/vmalloc.c", SmallTree.CLEAN);
    tree.write("mm/more.c", SmallTree.CONTRADICTION);
    assertThat(run("baseline", "update", "--shrink").err()).contains(": 0 added, 1 gone");
    assertThat(compare().out()).startsWith("mm/more.c:3:");
    assertThat(run("baseline", "update", "mm").err()).contains("2 findings", ": 1 added, 0 gone");
    assertThat(compare().exit()).isZero();
  }

  @Test
  void showPrintsWhatItHolds() {
    run("baseline", "create");
    RunResult shown = run("baseline", "show");
    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .contains("fs/contradiction.c: demo_node(): ", "[GFP105 contradictory-flags]\n")
        .contains("fs/vmalloc.c: demo_table(): ", "[GFP101 vmalloc-restricted]\n");
    assertThat(shown.err()).contains("2 findings: 1 GFP101 vmalloc-restricted, 1 GFP105");
  }

  @Test
  void whatIsNoBaselineIsAMistakeOfUse() throws IOException {
    assertThat(compare().exit()).isEqualTo(2);
    assertThat(compare().err()).contains("there is no baseline", "gfplint baseline create");
    tree.write(BASELINE, "[1, 2]");
    assertThat(compare().exit()).isEqualTo(2);
    assertThat(compare().err()).contains("it is no baseline that gfplint wrote");
    tree.write(BASELINE, "{\"format\":9,\"findings\":[]}");
    assertThat(compare().err()).contains("it is of format 9, not 1");
    assertThat(run("baseline", "create").exit()).isEqualTo(2);
    assertThat(Files.readString(tree.root().resolve(BASELINE))).contains(":9,");
  }

  @Test
  void aCommentWithAReasonIgnoresAFinding() throws IOException {
    tree.write(
        "fs/vmalloc.c",
        SmallTree.VMALLOC.replace(
            ");", "); /* gfplint: ignore[vmalloc-restricted] tables are small */"));
    RunResult text = tree.check();
    assertThat(text.out()).startsWith("fs/contradiction.c:").doesNotContain("vmalloc.c");
    assertThat(text.err()).contains(" 1 finding (1 warning), 1 ignored by comments");
    assertThat(tree.check("fs/vmalloc.c").exit()).isZero();
    JsonNode results =
        new ObjectMapper().readTree(tree.check("--format", "sarif").out()).at("/runs/0/results");
    assertThat(results).hasSize(2);
    JsonNode suppression = results.at("/1/suppressions/0");
    assertThat(suppression.at("/kind").asText()).isEqualTo("inSource");
    assertThat(suppression.at("/justification").asText()).isEqualTo("tables are small");
    assertThat(suppression.at("/location/physicalLocation/region/startColumn").asInt())
        .isGreaterThan(40);
    // Of the others it says that there is none: SARIF has it of all results or of none.
    assertThat(results.at("/0/suppressions").isArray()).isTrue();
    assertThat(results.at("/0/suppressions")).isEmpty();
    assertThat(RunResult.of(tree.root(), "fix", "fs/vmalloc.c").out()).isEmpty();
  }

  @Test
  void aCommentWithNothingToIgnoreIsReportedUnlessItsRuleDidNotRun() throws IOException {
    tree.write(
        "mm/clean.c", "/* gfplint: ignore[sleep-in-atomic] was so once */\n" + SmallTree.CLEAN);
    assertThat(tree.check().out()).contains("mm/clean.c:1:1: warning: nothing of sleep-in-atomic");
    assertThat(tree.check("--rules", "vmalloc-restricted,ignore-ineffective").out())
        .doesNotContain("mm/clean.c");
  }
}
