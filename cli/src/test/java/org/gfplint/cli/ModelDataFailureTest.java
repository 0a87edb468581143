package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfplint.model.AllocatorModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The model's data replaced by files with a mistake, and with a correction. Each run is a process
 * of its own: the data is read once.
 */
class ModelDataFailureTest {
  @TempDir private Path directory;
  private Path data;

  private record Ended(int exit, String out, String err) {}

  @BeforeEach
  void makeTree() throws Exception {
    SmallTree tree = SmallTree.in(directory);
    tree.write("fs/a.c", SmallTree.VMALLOC);
    data = Files.createDirectories(directory.resolve("facts"));
  }

  /** Puts a file of the program's with one text replaced into the directory. */
  private void edit(String file, String before, String after) throws IOException {
    String text;
    try (InputStream in = AllocatorModel.class.getResourceAsStream(file)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(text).contains(before);
    Files.writeString(data.resolve(file), text.replace(before, after));
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.add("-Dgfplint.model.data=" + data);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
    builder.environment().put("GFPLINT_CACHE_DIR", directory.resolve("cache").toString());
    Process process = builder.start();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  @ParameterizedTest
  @CsvSource({
    "check --tree linux",
    "check --tree linux --no-cache --kernel-version 6.1",
    "explain vmalloc-restricted --kernel-version 4.16",
    "model kmalloc GFP_KERNEL --kernel 6.1",
    "model",
    "model kmalloc GFP_KERNEL --compare 4.16 --format json",
  })
  void everyCommandNamesTheMistakeAndEnds(String command) throws Exception {
    edit("kvmalloc.yaml", "since: \"4.18\", until: \"5.17\"", "since: \"4.19\", until: \"5.17\"");
    Ended ended = run(command.split(" "));
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "gfplint: kvmalloc.yaml: kvmalloc.restricted-loses-fallback: leaves a gap from 4.18 for"
                + " kvmalloc.restricted-mask\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "flags.yaml; name: \"__GFP_MOVABLE\"; name: \"__GFP_MOVEABLE\"; flags.yaml: __GFP_MOVEABLE: is not a flag the model knows",
        "flags.yaml; composites: [; compsites: [; flags.yaml: top level: unknown section 'compsites'; did you mean composites?",
        "scopes.yaml; since: \"5.12\"; since: \"5.x\"; scopes.yaml: scope.pin-clears-movable: not a kernel version",
        "pools.yaml; family: \"percpu\"; family: \"perCPU\"; is not a family",
        "pools.yaml; since: \"5.5\", until: \"6.3\"; since: \"6.5\", until: \"6.3\"; pools.yaml: iommu_map_atomic: range 6.5 to before 6.3 is empty",
        "page.yaml; facts: [; facts: ; page.yaml: line ",
      })
  void aMistakeIsNamedInOneLine(String file, String before, String after, String message)
      throws Exception {
    edit(file, before, after);
    Ended ended = run("model", "kmalloc", "GFP_KERNEL", "--kernel", "6.1");
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("gfplint: " + file).contains(message);
    assertThat(ended.err().lines()).hasSize(1);
  }

  @Test
  void aBatchIsNotAnsweredInPart() throws Exception {
    edit("slab.yaml", "name: \"kcalloc\", mask: 3", "name: \"kcalloc\", mask: 0");
    Path queries = directory.resolve("queries");
    Files.writeString(queries, "{\"api\":\"kmalloc\",\"mask\":\"GFP_NOFS\",\"kernel\":\"6.1\"}\n");
    Ended ended = run("model", "--batch", queries.toString());
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo("gfplint: slab.yaml: kcalloc: '0' is not an argument number\n");
  }

  @Test
  void aFileOrDirectoryThatIsNoneIsNamed() throws Exception {
    Ended empty = run("model");
    assertThat(empty.exit()).isEqualTo(3);
    assertThat(empty.err()).contains(data.toString(), "has none of the model's files");
    Files.writeString(data.resolve("vmaloc.yaml"), "{}");
    Ended misspelled = run("model");
    assertThat(misspelled.exit()).isEqualTo(3);
    assertThat(misspelled.err())
        .startsWith("gfplint: vmaloc.yaml: file: is not one of the model's");
    data = directory.resolve("missing");
    Ended missing = run("model");
    assertThat(missing.exit()).isEqualTo(3);
    assertThat(missing.err().lines()).hasSize(1);
  }

  @Test
  void doctorSaysSoAndGoesOn() throws Exception {
    edit("slab.yaml", "name: \"kcalloc\", mask: 3", "name: \"kcalloc\", mask: 0");
    Ended ended = run("doctor", "--tree", "linux");
    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out())
        .containsPattern("(?m)^problem +model +slab.yaml: kcalloc: '0' is not an argument number; ")
        .containsPattern("(?m)^ok +tree +.*, Linux 4.16$");
    assertThat(ended.err()).isEmpty();
  }

  /** A corrected fact reaches the rules without a build. */
  @Test
  void aCorrectionChangesTheFindings() throws Exception {
    assertThat(RunResult.of(directory, "check", "--tree", "linux", "--no-cache").exit())
        .isEqualTo(ExitCode.FINDINGS);
    edit(
        "vmalloc.yaml",
        "decides: {\"vmalloc.page-table-scope\": \"none\"}",
        "decides: {\"vmalloc.page-table-scope\": \"by-mask-shape\"}");
    Ended ended = run("check", "--tree", "linux", "--no-cache");
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).isEmpty();
  }
}
