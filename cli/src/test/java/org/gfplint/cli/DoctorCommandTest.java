package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path directory;

  private RunResult doctor(Map<String, String> environment, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return RunResult.of(directory, environment, false, all);
  }

  @Test
  void saysWhatThereIs() throws IOException {
    SmallTree tree = SmallTree.in(directory);
    Path cache = directory.resolve("cache");
    tree.write("fs/a.c", SmallTree.CLEAN);
    Map<String, String> environment = Map.of("GFPLINT_CACHE_DIR", cache.toString());
    RunResult before = doctor(environment, "--tree", "linux");
    assertThat(before.out()).contains(cache + ", not there yet");
    assertThat(cache).doesNotExist();
    RunResult.of(tree.root(), environment, false, "check");
    RunResult run = doctor(environment, "--tree", "linux");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(8).allMatch(line -> line.startsWith("ok "));
    assertThat(run.out())
        .contains(System.getProperty("java.home"))
        .containsPattern(
            "(?m)^ok +parser +tree-sitter core: (optimised|bundled), ABI version 1\\d$")
        .containsPattern("(?m)^ok +speed +\\d+\\.\\d MB of C a second")
        .containsPattern("(?m)^ok +model +\\d+ data files \\(.*vmalloc.yaml.*\\), kernels 4.10 to ")
        .contains(tree.root().toRealPath() + ", Linux 4.16")
        .containsPattern("(?m)^ok +cache +\\Q" + cache + "\\E, \\d+\\.\\d MB$");
    assertThat(run.exit()).isZero();
  }

  @Test
  void notesAKernelThatIsNewerThanTheFacts() throws IOException {
    SmallTree tree = SmallTree.in(directory);
    tree.write("Makefile", "VERSION = 9\nPATCHLEVEL = 1\n");
    RunResult run = doctor(Map.of(), "--tree", "linux");
    assertThat(run.out()).contains("Linux 9.1; note: 9.1 is newer than the newest facts");
    assertThat(run.exit()).isZero();
  }

  @Test
  void needsNoTree() {
    RunResult run = doctor(Map.of());
    assertThat(run.out()).containsPattern("(?m)^ok +tree +none here");
    assertThat(run.exit()).isZero();
  }

  @Test
  void aTreeThatIsNoneIsAProblem() throws IOException {
    Files.createDirectories(directory.resolve("plain"));
    for (String tree : new String[] {"plain", "missing"}) {
      RunResult run = doctor(Map.of(), "--tree", tree);
      assertThat(run.out()).containsPattern("(?m)^problem +tree +.*; name ");
      assertThat(run.exit()).isEqualTo(3);
    }
  }

  @Test
  void aCacheThatCannotBeUsedIsAProblem() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    for (Path cache : new Path[] {file, file.resolve("below")}) {
      RunResult run = doctor(Map.of("GFPLINT_CACHE_DIR", cache.toString()));
      assertThat(run.out()).containsPattern("(?m)^problem +cache +.*; set GFPLINT_CACHE_DIR");
      assertThat(run.exit()).isEqualTo(3);
    }
    Path damaged = Files.createDirectories(directory.resolve("damaged"));
    Files.writeString(damaged.resolve("facts.db"), "nonsense".repeat(2000));
    RunResult run = doctor(Map.of("GFPLINT_CACHE_DIR", damaged.toString()));
    assertThat(run.out()).containsPattern("(?m)^problem +cache +facts cache ");
    assertThat(run.exit()).isEqualTo(3);
  }
}
