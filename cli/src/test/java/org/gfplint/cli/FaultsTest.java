package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gfplint.model.KernelVersion;
import org.gfplint.rules.Check;
import org.gfplint.source.SkippedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the machine, each provoked for real: processes, signals, limits, full disks. */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class FaultsTest {
  private static final int MANY = 3000;

  @TempDir private Path directory;
  private SmallTree tree;
  private Path mounted;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/good.c", SmallTree.VMALLOC);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted != null) {
      run(List.of("umount", mounted.toString()));
    }
  }

  // ---- disks

  @Test
  void aReportThatDoesNotFitOnTheDiskLeavesTheOldOneAlone() throws Exception {
    Path disk = mount("size=64k");
    Path report = disk.resolve("report.sarif");
    Files.writeString(report, "the old report");
    Files.write(disk.resolve("fill"), new byte[40 << 10]);
    RunResult result = gfplint("check", "--no-cache", "--format", "sarif", "-o", report.toString());
    assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(result.err())
        .startsWith("gfplint: cannot write " + report + ": No space left on device");
    assertThat(report).hasContent("the old report");
    try (var left = Files.list(disk)) {
      assertThat(left.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("fill", "report.sarif");
    }
  }

  @Test
  void aFullStandardOutputIsSaid() throws Exception {
    RunResult result = sh("exec \"$@\" >/dev/full", "check", "--no-cache");
    assertThat(result.exit()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(result.err()).contains("gfplint: cannot write standard output: ");
  }

  @Test
  void aCacheOnAFullDiskCostsOneLine() throws Exception {
    Path disk = mount("size=128k");
    Files.write(disk.resolve("fill"), new byte[100 << 10]);
    many(300);
    RunResult without = gfplint("check", "--no-cache");
    RunResult result = withCache(disk, "check");
    assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(result.out()).isEqualTo(without.out());
    assertThat(result.err().lines().filter(line -> line.contains("cache")))
        .as(result.err())
        .hasSizeBetween(1, 2);
    assertThat(result.err()).doesNotContain("Exception").doesNotContain("internal error");
  }

  @Test
  void aCacheThatCannotBeWrittenIsUsedAsItIs() throws Exception {
    Path disk = mount("size=8m");
    RunResult first = withCache(disk, "check");
    run(List.of("mount", "-o", "remount,ro", disk.toString()));
    RunResult again = withCache(disk, "check");
    tree.write("fs/more.c", SmallTree.CONTRADICTION);
    RunResult more = withCache(disk, "check");
    assertThat(again.out()).isEqualTo(first.out()).contains("fs/good.c:3:9: error: ");
    assertThat(more.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(more.out()).contains("fs/good.c:3:9: error: ", "fs/more.c:3:");
    for (RunResult result : List.of(again, more)) {
      assertThat(result.err()).doesNotContain("Exception").doesNotContain("internal error");
    }
  }

  // ---- trees

  @Test
  void aDirectoryThatCannotBeReadIsSkipped() throws Exception {
    Path closed = tree.write("fs/secret/a.c", SmallTree.VMALLOC).getParent();
    // Root without the right to read everything is a user like any other.
    List<String> user = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    assumeTrue(
        run(List.of("id", "-u")).out().strip().equals("0") && run(and(user, "true")).exit() == 0,
        "needs root and setpriv; BadInputTest has it for other users");
    assertThat(run(List.of("chmod", "000", closed.toString())).exit()).isZero();
    RunResult result = process(user, List.of(), "check", "--no-cache");
    assertThat(run(List.of("chmod", "700", closed.toString())).exit()).isZero();
    assertThat(result.exit()).isEqualTo(ExitCode.FINDINGS);
    assertThat(result.out()).contains("fs/good.c:3:9").doesNotContain("secret");
    assertThat(result.err()).contains("gfplint: skipped fs/secret: permission denied\n");
  }

  /** Between finding the files and reading them. */
  @Test
  void filesThatGoOrChangeDuringARunAreReadAsTheyAreThen() throws IOException {
    Path gone = tree.write("fs/later_gone.c", SmallTree.VMALLOC);
    Path cut = tree.write("fs/later_cut.c", SmallTree.VMALLOC.repeat(1000));
    Path grown = tree.write("fs/later_grown.c", "");
    Path changed = tree.write("fs/later_pipe.c", SmallTree.VMALLOC);
    AtomicInteger files = new AtomicInteger();
    Check.Result result =
        check(
            new Check.Progress() {
              @Override
              public void phase(String name, long total) {}

              @Override
              public void step() {
                if (files.getAndIncrement() == 0) {
                  try {
                    Files.delete(gone);
                    Files.writeString(cut, SmallTree.CLEAN);
                    Files.writeString(grown, SmallTree.CONTRADICTION);
                    Files.delete(changed);
                    run(List.of("mkfifo", changed.toString()));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }
              }
            });
    assertThat(result.skipped())
        .containsExactly(
            new SkippedFile("fs/later_gone.c", "no longer there"),
            new SkippedFile("fs/later_pipe.c", "a named pipe"));
    assertThat(result.findings())
        .extracting(f -> f.location().path())
        .containsExactly("fs/good.c", "fs/later_grown.c");
  }

  private Check.Result check(Check.Progress progress) {
    return Check.run(
        new Check.Request(
            tree.root(),
            List.of(),
            Optional.of(KernelVersion.parse("4.16")),
            "x86",
            Set.of("GFP101", "GFP105"),
            1),
        progress);
  }

  // ---- processes

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsTheRunWithWhatItHas(String signal) throws Exception {
    many(MANY);
    Path report = directory.resolve("report.sarif");
    Path cache = directory.resolve("cache");
    // Who starts the tests in the background may ignore SIGINT, and so would all below.
    Process process =
        start(
            List.of("env", "--default-signal=INT"),
            List.of(),
            "check",
            "--threads",
            "1",
            "--format",
            "text",
            "--format",
            "sarif",
            "-o",
            report.toString());
    // The store is made just before the first file is read.
    for (int i = 0; i < 60_000 && !Files.exists(cache.resolve("facts.db")); i++) {
      Thread.sleep(1);
    }
    run(List.of("kill", "-" + signal, Long.toString(process.pid())));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(err)
        .contains("gfplint: interrupted; finishing with what was read so far\n")
        .contains("gfplint: note: interrupted before everything was read and judged");
    assertThat(out.lines().count()).isLessThan(3L * MANY);
    JsonNode run = new ObjectMapper().readTree(report.toFile()).path("runs").path(0);
    JsonNode invocation = run.path("invocations").path(0);
    assertThat(invocation.path("executionSuccessful").asBoolean(true)).isFalse();
    assertThat(invocation.path("exitCode").asInt()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(invocation.path("toolConfigurationNotifications").toString())
        .contains("interrupted");
    assertThat(run.path("properties").path("files").asInt()).isLessThan(MANY);
    // Nothing of the half run is taken for a whole one.
    assertThat(gfplint("check").out()).isEqualTo(gfplint("check", "--no-cache").out());
  }

  @Test
  void tooLittleMemoryIsSaidWithWhatToDo() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      text.append("void *f")
          .append(i)
          .append("(gfp_t g) { return kmalloc(8, g | ")
          .append(i)
          .append("); }\n");
    }
    tree.write("fs/large.c", text.toString());
    RunResult result = process(List.of(), List.of("-Xmx20m"), "check", "--no-cache");
    assertThat(result.exit()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "gfplint: out of memory; allow it more, as in GFPLINT_JAVA_OPTS=-Xmx8g (now 20 MiB)\n");
  }

  @Test
  void twoRunsAtOnceFindTheSame() throws Exception {
    many(300);
    Process one = start(List.of(), List.of(), "check");
    Process two = start(List.of(), List.of(), "check");
    String first = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String second = new String(two.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(one.waitFor()).isEqualTo(ExitCode.FINDINGS);
    assertThat(two.waitFor()).isEqualTo(ExitCode.FINDINGS);
    assertThat(second).isEqualTo(first).isEqualTo(gfplint("check", "--no-cache").out());
  }

  // ---- the real thing

  private void many(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      String text = SmallTree.VMALLOC.replace("demo_table", "demo_table" + i);
      tree.write("fs/many/" + i + ".c", text);
    }
  }

  /** A small file system of its own; only root may make one. */
  private Path mount(String options) throws Exception {
    Path disk = Files.createDirectories(directory.resolve("disk"));
    boolean done =
        run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString())).exit() == 0;
    assumeTrue(done, "needs the right to mount a small disk");
    mounted = disk;
    return disk;
  }

  private RunResult gfplint(String... arguments) throws Exception {
    return process(List.of(), List.of(), arguments);
  }

  private RunResult withCache(Path cache, String... arguments) throws Exception {
    return process(List.of("env", "GFPLINT_CACHE_DIR=" + cache), List.of(), arguments);
  }

  private RunResult sh(String script, String... arguments) throws Exception {
    return process(List.of("sh", "-c", script, "sh"), List.of(), arguments);
  }

  private RunResult process(List<String> prefix, List<String> java, String... arguments)
      throws Exception {
    return ended(start(prefix, java, arguments));
  }

  private Process start(List<String> prefix, List<String> java, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(tree.root().toFile());
    builder.environment().put("GFPLINT_CACHE_DIR", directory.resolve("cache").toString());
    return builder.start();
  }

  private static List<String> and(List<String> command, String more) {
    List<String> all = new ArrayList<>(command);
    all.add(more);
    return all;
  }

  private static RunResult run(List<String> command) throws Exception {
    return ended(new ProcessBuilder(command).start());
  }

  private static RunResult ended(Process process) throws Exception {
    process.onExit().orTimeout(120, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new RunResult(process.waitFor(), out, err);
  }
}
