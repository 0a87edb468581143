package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches of small trees, taken by git and by patch. */
class FixCommandTest {
  /** Two errors of vmalloc-restricted in one function, one of scope-unbalanced in another. */
  private static final String SEVERAL =
      """
      #include <linux/mm.h>
      #include <linux/slab.h>

      int demo_two(struct demo *d)
      {
      	d->a = kvmalloc(d->n, GFP_NOFS);
      	if (!d->a)
      		return -ENOMEM;
      	if (d->more)
      		d->b = kvmalloc(d->n, GFP_NOFS);
      	return 0;
      }

      int demo_leave(struct demo *d)
      {
      	unsigned int nofs = memalloc_nofs_save();

      	if (d->broken)
      		return -EIO;
      	memalloc_nofs_restore(nofs);
      	return 0;
      }
      """;

  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/several.c", SEVERAL);
    tree.write("fs/contradiction.c", SmallTree.CONTRADICTION);
    tree.write("mm/clean.c", SmallTree.CLEAN);
  }

  private RunResult fix(String... arguments) {
    List<String> all = new ArrayList<>(List.of("fix"));
    all.addAll(List.of(arguments));
    RunResult result = RunResult.of(tree.root(), all.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isZero();
    return result;
  }

  /** Runs a program in the tree; its exit status must be 0. */
  private void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(tree.root().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    try (InputStream in = process.getInputStream()) {
      String printed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(String.join(" ", command) + "\n" + printed).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path save(String patch) throws IOException {
    return Files.write(directory.resolve("all.patch"), patch.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "finding"})
  void gitAndPatchTakeWhatIsPrintedAndLeaveNothingToReport(String per) throws IOException {
    assertThat(tree.check("-q").out()).contains("GFP101", "GFP105", "GFP203");
    RunResult printed = fix("--per", per);
    assertThat(printed.err())
        .contains("4 findings fixed in 2 files by " + (per.equals("file") ? 2 : 4) + " patches\n");
    String patch = save(printed.out()).toString();
    run("git", "apply", "--check", patch);
    run("git", "apply", patch);
    String patched = Files.readString(tree.root().resolve("fs/several.c"));
    assertThat(patched).containsOnlyOnce("sched/mm.h>").containsOnlyOnce("int nofs_flag;");
    RunResult after = tree.check();
    assertThat(after.out()).isEmpty();
    assertThat(after.exit()).isZero();
    makeTree();
    run("patch", "-p1", "--fuzz=0", "-i", patch);
    assertThat(tree.root().resolve("fs/several.c")).hasContent(patched);
  }

  @Test
  void eachFileOfADirectoryStandsForItself() throws IOException {
    fix("--per", "finding", "-o", "out/patches");
    List<Path> patches;
    try (Stream<Path> files = Files.list(tree.root().resolve("out/patches"))) {
      patches = files.sorted().toList();
    }
    assertThat(patches)
        .extracting(p -> p.getFileName().toString())
        .containsExactly(
            "0001-contradictory-flags-fs-contradiction.c-3.patch",
            "0002-vmalloc-restricted-fs-several.c-6.patch",
            "0003-vmalloc-restricted-fs-several.c-10.patch",
            "0004-scope-unbalanced-fs-several.c-19.patch");
    for (Path patch : patches) {
      run("git", "apply", "--check", patch.toString());
    }
    RunResult each = fix("-o", "each", "-q", "fs/several.c");
    assertThat(each.out() + each.err()).isEmpty();
    assertThat(tree.root().resolve("each"))
        .isDirectoryContaining("glob:**/0001-fs-several.c.patch");
  }

  @Test
  void theFixesOfALogAreThePatches() throws IOException {
    Set<String> byLog = new TreeSet<>();
    JsonNode log =
        new ObjectMapper().readTree(tree.check("-q", "--format", "sarif").out()).at("/runs/0");
    for (JsonNode result : log.at("/results")) {
      JsonNode change = result.at("/fixes/0/artifactChanges/0");
      String path = change.at("/artifactLocation/uri").asText();
      String text = Files.readString(tree.root().resolve(path));
      byLog.add(path + "\n" + replaced(text, change.at("/replacements")));
    }
    assertThat(byLog).hasSize(4);

    fix("--per", "finding", "-o", "out/patches");
    Set<String> byPatch = new TreeSet<>();
    try (Stream<Path> patches = Files.list(tree.root().resolve("out/patches"))) {
      for (Path patch : patches.toList()) {
        String path =
            Files.readString(patch)
                .lines()
                .filter(l -> l.startsWith("+++ b/"))
                .findFirst()
                .orElseThrow()
                .substring("+++ b/".length());
        run("git", "apply", patch.toString());
        byPatch.add(path + "\n" + Files.readString(tree.root().resolve(path)));
        run("git", "apply", "-R", patch.toString());
      }
    }
    assertThat(byPatch).isEqualTo(byLog);
  }

  /** Made from the end on, so that what stands before stays where it is. */
  private static String replaced(String text, JsonNode replacements) {
    List<JsonNode> fromTheEnd = new ArrayList<>();
    replacements.forEach(fromTheEnd::add);
    // Of two in one place the first stays in front.
    Collections.reverse(fromTheEnd);
    fromTheEnd.sort(
        Comparator.comparingInt((JsonNode r) -> offset(text, r.at("/deletedRegion"), "start"))
            .reversed());
    StringBuilder changed = new StringBuilder(text);
    for (JsonNode each : fromTheEnd) {
      JsonNode region = each.at("/deletedRegion");
      changed.replace(
          offset(text, region, "start"),
          offset(text, region, "end"),
          each.at("/insertedContent/text").asText());
    }
    return changed.toString();
  }

  private static int offset(String text, JsonNode region, String side) {
    int line = region.at("/" + side + "Line").asInt(region.at("/startLine").asInt());
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = text.indexOf('\n', at) + 1;
    }
    return at + region.at("/" + side + "Column").asInt(1) - 1;
  }

  @Test
  void applyDoesWhatThePatchWouldDo() throws IOException {
    Path file = tree.root().resolve("fs/several.c");
    String patch = save(fix().out()).toString();
    RunResult applied = fix("--apply");
    assertThat(applied.out()).isEmpty();
    assertThat(applied.err()).contains("4 findings fixed in 2 files\n");
    run("git", "apply", "--check", "-R", patch);
    assertThat(file).content().contains("nofs_flag = memalloc_nofs_save();");
    assertThat(tree.check().exit()).isZero();
    assertThat(fix("--apply").err()).contains("0 findings fixed in 0 files\n");
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  void lineEndsEncodingsAndMissingLineEndsAreKept() throws IOException {
    byte[] text =
        ("/* \u00e9 */\r\n" + SmallTree.CONTRADICTION.replace("\n", "\r\n") + "/* end */")
            .getBytes(StandardCharsets.ISO_8859_1);
    tree.write("fs/dos.c", text);
    tree.write("fs/short.c", SmallTree.CONTRADICTION.stripTrailing());
    RunResult printed = RunResult.of(tree.root(), "fix", "--apply", "fs/dos.c", "fs/short.c");
    assertThat(printed.exit()).isZero();
    assertThat(Files.readAllBytes(tree.root().resolve("fs/dos.c")))
        .isEqualTo(
            new String(text, StandardCharsets.ISO_8859_1)
                .replace(" | GFP_NOFS", "")
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(tree.root().resolve("fs/short.c"))
        .content()
        .isEqualTo(SmallTree.CONTRADICTION.stripTrailing().replace(" | GFP_NOFS", ""));
  }

  @Test
  void aLineWithoutAnEndAndAStrangeNameMakeAPatchThatApplies() throws IOException {
    String wrong = SmallTree.CONTRADICTION.stripTrailing();
    tree.write("fs/two words.c", wrong);
    tree.write("fs/quoted\"\u00e9.c", wrong.replace("demo_node", "demo_other"));
    tree.write("fs/dos.c", SmallTree.CONTRADICTION.replace("\n", "\r\n"));
    RunResult printed = fix("fs");
    assertThat(printed.out()).contains("\\ No newline at end of file");
    run("git", "apply", "--check", save(printed.out()).toString());
    run("git", "apply", directory.resolve("all.patch").toString());
    assertThat(tree.root().resolve("fs/two words.c"))
        .content()
        .isEqualTo(wrong.replace(" | GFP_NOFS", ""));
    assertThat(tree.check("-q", "fs").out()).isEmpty();
  }

  @Test
  void whatCannotBeFixedIsCountedByRule() throws IOException {
    tree.write("fs/thought.c", SmallTree.VMALLOC.replace("return", "if (size) return"));
    RunResult result = fix("fs/thought.c");
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("0 findings fixed in 0 files by 0 patches\n")
        .contains("no mechanical fix for 1 finding: 1 vmalloc-restricted\n");
  }

  @Test
  void fixesOfTheSameCodeAreMadeOnce() throws IOException {
    tree.write(
        "fs/both.c",
        SmallTree.CONTRADICTION.replace(
            "kmalloc(64, GFP_KERNEL | GFP_NOFS", "kvmalloc(n, GFP_NOIO | __GFP_IO"));
    RunResult result = fix("fs/both.c");
    assertThat(result.err())
        .contains("fs/both.c:3: not fixed ", "1 finding fixed in 1 file by 1 patch, 1 left out");
    run("git", "apply", "--check", save(result.out()).toString());
  }

  @Test
  void rulesAndVersionSelectAsForCheck() {
    assertThat(fix("--rule", "contradictory-flags").out())
        .contains("contradiction.c")
        .doesNotContain("several.c");
    assertThat(fix("--kernel-version", "6.1", "--rules", "GFP101").out()).isEmpty();
  }

  @Test
  void wrongUsageIsSaid() throws IOException {
    assertThat(RunResult.of(tree.root(), "fix", "--apply", "-o", "x"))
        .isEqualTo(
            new RunResult(
                2, "", "gfplint: give either --apply or -o: --apply prints no patches\n"));
    assertThat(RunResult.of(tree.root(), "fix", "-o", "Makefile"))
        .extracting(RunResult::exit, RunResult::err)
        .containsExactly(2, "gfplint: cannot make the directory Makefile: it is a file\n");
    assertThat(RunResult.of(tree.root(), "fix", "--per", "line").err())
        .contains("'line' is none of file, finding");
  }
}
