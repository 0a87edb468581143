package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a tree. */
class ConfigCommandTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/vmalloc.c", SmallTree.VMALLOC);
    tree.write("fs/contradiction.c", SmallTree.CONTRADICTION);
    tree.write("mm/contradiction.c", SmallTree.CONTRADICTION);
  }

  private void settings(String text) throws IOException {
    tree.write(".gfplint.yaml", text);
  }

  @Test
  void optionsGoBeforeTheFileAndTheFileBeforeDefaults() throws IOException {
    settings("kernel-version: 6.1\nfail-on: error\n");
    RunResult set = tree.check();
    assertThat(set.out()).doesNotContain("GFP101");
    assertThat(set.err()).contains("kernel 6.1: ");
    assertThat(set.exit()).isZero();
    assertThat(tree.check("--fail-on", "warning").exit()).isEqualTo(1);
    assertThat(tree.check("--kernel-version", "4.16").out()).contains("GFP101");
    assertThat(tree.check("--no-config").out()).contains("GFP101");
  }

  @Test
  void rulesHaveTheLevelThatTheyAreGiven() throws IOException {
    settings("rules:\n  contradictory-flags: error\n  GFP101: off\n");
    assertThat(tree.check().out())
        .contains("fs/contradiction.c:3:21: error: ")
        .doesNotContain("GFP101");
    assertThat(tree.check("--rules", "vmalloc-restricted").out()).contains("GFP101");
    settings("rules: {contradictory-flags: note, vmalloc-restricted: note}\n");
    assertThat(tree.check().exit()).isZero();
    assertThat(tree.check().out()).contains(": note: ");
  }

  @Test
  void pathsSayWhereToReport() throws IOException {
    settings("paths:\n  exclude: mm\n");
    assertThat(tree.check().out()).contains("fs/contradiction.c").doesNotContain("mm/contra");
    settings("paths:\n  only: ['*/contra*.c']\n  exclude:\n    - fs/\n");
    assertThat(tree.check().out()).startsWith("mm/contradiction.c").doesNotContain("\nfs/");
  }

  @Test
  void theBaselineIsFound() throws IOException {
    settings("baseline: known.json\n");
    assertThat(tree.check().exit()).isEqualTo(2);
    assertThat(RunResult.of(tree.root(), "baseline", "create").exit()).isZero();
    assertThat(tree.root().resolve("known.json")).exists();
    assertThat(tree.check().exit()).isZero();
    assertThat(RunResult.of(tree.root(), "baseline", "show").out()).contains("mm/contradiction.c");
  }

  @Test
  void functionsCanBeAddedToTheModel() throws IOException {
    String code =
        """
        void *acme_alloc(unsigned long a, unsigned long b, gfp_t gfp);
        void demo(struct acme *a)
        {
        	acme_lock(a);
        	a->p = acme_alloc(64, 1, GFP_KERNEL);
        	acme_unlock(a);
        }
        """;
    tree.write("fs/vmalloc.c", code);
    assertThat(tree.check("fs/vmalloc.c").exit()).isZero();
    settings(
        """
        allocators:
          acme_alloc: {like: kmalloc, mask: 3, size: [1, 2]}
        contexts:
          acme_lock: {like: spin_lock}
          acme_unlock: {like: spin_unlock}
        """);
    RunResult result = tree.check("fs/vmalloc.c");
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("fs/vmalloc.c:5:9: error: acme_alloc(GFP_KERNEL)")
        .contains("GFP301", "acme_lock()");
  }

  @Test
  void showSaysWhatIsInForceAndFromWhere() throws IOException {
    assertThat(show().out())
        .contains(", which has no .gfplint.yaml\n")
        .containsPattern("# kernel-version: 4.16 +# Makefile\n")
        .containsPattern("# confidence: high +# default\n")
        .containsPattern("  # gfp-argument: error +# default\n");
    String text =
        """
        # ours
        confidence: medium
        rules:
          gfp-argument: off

        paths:
          exclude: ['fs/*/x']
        allocators: {acme_alloc: {like: kmalloc, mask: 3}}
        """;
    settings(text);
    RunResult shown = show();
    assertThat(shown.out())
        .containsPattern("\nconfidence: medium +# .gfplint.yaml:2\n")
        .containsPattern("\n  gfp-argument: off +# .gfplint.yaml:4\n")
        .containsPattern("\n    - 'fs/\\*/x' +# .gfplint.yaml:7\n")
        .containsPattern("\n  acme_alloc: \\{like: kmalloc, mask: 3} +# .gfplint.yaml:8\n");
    // What is printed is itself such a file.
    settings(shown.out());
    assertThat(show().out().replaceAll(" +#.*", "")).isEqualTo(shown.out().replaceAll(" +#.*", ""));
  }

  private RunResult show() {
    RunResult result = RunResult.of(tree.root(), "config", "--show");
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  @Test
  void anEmptyFileSaysNothing() throws IOException {
    String before = tree.check().out();
    for (String text : new String[] {"", "# nothing\n", "rules:\n", "paths: {only: []}\n"}) {
      settings(text);
      assertThat(tree.check().out()).as(text).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "confidenc: low|.gfplint.yaml:1: unknown key 'confidenc'; did you mean 'confidence'?",
        "\narch: x86\nzzz: 1|.gfplint.yaml:3: unknown key 'zzz'",
        "confidence: hgh|.gfplint.yaml:1: 'hgh' is none of high, medium, low; did you mean 'high'?",
        "rules:\n  sleep-in-atomc: off|.gfplint.yaml:2: there is no rule 'sleep-in-atomc'; did you",
        "rules:\n  GFP301: on|.gfplint.yaml:2: 'on' is none of error, warning, note, off",
        "paths: {olny: [fs]}|.gfplint.yaml:1: unknown key 'olny'; did you mean 'only'?",
        "paths: {only: ['[']}|.gfplint.yaml:1: not a pattern of paths: ",
        "rules: [a]|.gfplint.yaml:1: expected a mapping",
        "arch: [a]|.gfplint.yaml:1: expected one value",
        "arch: x86\narch: arm|Duplicate field 'arch'",
        "a: [|.gfplint.yaml:",
        "kernel-version: new|.gfplint.yaml:1: ",
        "allocators: {a: {mask: 1}}|.gfplint.yaml:1: 'a' needs a 'like'",
        "allocators: {a: {like: kmalloc, mask: 0}}|.gfplint.yaml:1: expected the number of an",
        "\nallocators: {a: {like: kmaloc}}|.gfplint.yaml:2: there is no 'kmaloc' in this kernel"
            + " version that 'a' could be like; did you mean kmalloc",
        "contexts:\n  b: {like: spin_lok}|.gfplint.yaml:2: there is no 'spin_lok'",
        "arch: x86\n---\narch: x86|a second document follows"
      })
  void whatIsNotRightIsSaidWithItsLine(String textAndMessage) throws IOException {
    String[] parts = textAndMessage.split("\\|");
    settings(parts[0] + "\n");
    RunResult result = tree.check();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("gfplint: ").contains(parts[1]);
    assertThat(result.err().lines()).hasSize(1);
  }

  @Test
  void indexAndCheckMeanTheSameFiles() throws IOException {
    Path cache = directory.resolve("cache");
    tree.write("arch/arm64/kernel/a.c", SmallTree.CONTRADICTION);
    tree.write("arch/x86/kernel/a.c", SmallTree.CONTRADICTION);
    settings("arch: arm64\n");
    java.util.Map<String, String> environment =
        java.util.Map.of("GFPLINT_CACHE_DIR", cache.toString());
    assertThat(RunResult.of(tree.root(), environment, false, "index").err()).contains("4 files: ");
    RunResult result =
        RunResult.of(tree.root(), environment, false, "check", "--rules", "contradictory-flags");
    assertThat(result.out()).contains("arch/arm64/").doesNotContain("arch/x86");
    assertThat(Files.list(cache.resolve("trees"))).hasSize(1);
  }
}
