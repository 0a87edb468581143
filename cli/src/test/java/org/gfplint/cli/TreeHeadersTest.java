package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree whose gfp headers are not quite those of its version. */
class TreeHeadersTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/a.c", SmallTree.VMALLOC);
  }

  private void header(String text) throws IOException {
    tree.write("include/linux/gfp.h", text);
  }

  private RunResult run(String... arguments) {
    Map<String, String> environment =
        Map.of("GFPLINT_CACHE_DIR", directory.resolve("cache").toString());
    return RunResult.of(tree.root(), environment, false, arguments);
  }

  @Test
  void headersOfTheVersionChangeNothing() throws IOException {
    header(SmallTree.gfpHeader());
    assertThat(run("check").err()).doesNotContain("gfp headers");
    assertThat(run("check").exit()).isEqualTo(1);
    assertThat(run("doctor").out()).doesNotContain("gfp.h");
  }

  @Test
  void theTreeIsBelievedInWholeAndSingleFileRuns() throws IOException {
    assertThat(run("check").exit()).isEqualTo(1);
    header(
        SmallTree.gfpHeader().replaceFirst("#define GFP_NOFS .*", "#define GFP_NOFS (GFP_KERNEL)"));
    for (String[] arguments : new String[][] {{"check"}, {"check", "fs/a.c"}}) {
      RunResult believed = run(arguments);
      assertThat(believed.err())
          .contains("the tree's gfp headers are not quite those of Linux 4.16: 1 name differs");
      assertThat(believed.out()).isEmpty();
      assertThat(believed.exit()).isZero();
    }
    RunResult asked = run("check", "--kernel-version", "4.16");
    assertThat(asked.err()).doesNotContain("gfp headers");
    assertThat(asked.exit()).isEqualTo(1);
    RunResult doctor = run("doctor");
    assertThat(doctor.out())
        .containsPattern(
            "(?m)^note +gfp +include/linux/gfp.h:\\d+: GFP_NOFS is __GFP_IO.*__GFP_FS.*;"
                + " in Linux 4.16 it is __GFP_IO");
    assertThat(doctor.exit()).isZero();
  }

  @Test
  void aFlagThatNobodyKnowsInAMaskThatMattersEndsTheRunInOneLine() throws IOException {
    header(
        SmallTree.gfpHeader()
                .replaceFirst(
                    "#define GFP_KERNEL .*",
                    "#define GFP_KERNEL (__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_DEMO)")
            + "#define __GFP_DEMO ((__force gfp_t)0x100000000u)\n");
    RunResult run = run("check");
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .matches("gfplint: include/linux/gfp.h:\\d+: GFP_KERNEL: is made with __GFP_DEMO, .*");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run("check", "--kernel-version", "4.16").exit()).isEqualTo(1);
    RunResult doctor = run("doctor");
    assertThat(doctor.out()).containsPattern("(?m)^problem +gfp +include/linux/gfp.h:\\d+: GFP_K");
    assertThat(doctor.exit()).isEqualTo(3);
  }
}
