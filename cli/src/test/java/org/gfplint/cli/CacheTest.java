package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FactsStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a cache: the findings are those of a run without, whatever happens to it. */
class CacheTest {
  private static final Path DEMO = Path.of(System.getProperty("gfplint.testdata")).resolve("demo");
  private static final int GENERATED = 300;

  @TempDir private Path temporary;
  private Path tree;
  private Path cache;
  private int files;

  @BeforeEach
  void makeTree() throws IOException {
    tree = temporary.resolve("linux");
    cache = temporary.resolve("cache");
    try (Stream<Path> demo = Files.walk(DEMO)) {
      for (Path from : demo.toList()) {
        Files.copy(from, tree.resolve(DEMO.relativize(from).toString()));
        files += from.toString().matches(".*\\.[ch]") ? 1 : 0;
      }
    }
    Path generated = Files.createDirectories(tree.resolve("lib"));
    for (int i = 0; i < GENERATED; i++) {
      Files.writeString(generated.resolve("gen" + i + ".c"), generated(i));
    }
    files += GENERATED;
  }

  /** Every third has something to report. */
  private static String generated(int number) {
    StringBuilder text = new StringBuilder();
    for (int f = 0; f < 12; f++) {
      String mask = (number + f) % 36 == 0 ? "GFP_KERNEL | GFP_NOFS" : "GFP_KERNEL";
      text.append("static void *gen_").append(number).append('_').append(f);
      text.append("(unsigned long size)\n{\n\tif (size > 64)\n\t\treturn NULL;\n");
      text.append("\treturn kmalloc(size, ").append(mask).append(");\n}\n\n");
    }
    return text.toString();
  }

  @Test
  void checkFindsTheSameColdWarmAndWithout() throws IOException {
    RunResult without = check("--no-cache");
    assertThat(without.out()).contains("lib/gen").contains("fs/");
    assertThat(cache).doesNotExist();

    assertSame(check(), without);
    assertThat(cache.resolve("facts.db")).exists();
    assertThat(index().err()).contains(files + " files: " + files + " in the cache already");
    assertSame(check(), without);

    Files.writeString(tree.resolve("lib/gen1.c"), SmallTree.CONTRADICTION);
    RunResult changed = check("--no-cache");
    assertThat(changed.out()).isNotEqualTo(without.out()).contains("lib/gen1.c:3:");
    assertSame(check(), changed);
    assertThat(index().err()).contains(", 0 read now");
  }

  @Test
  void indexFillsWhatCheckUses() {
    RunResult first = index();
    assertThat(first.exit()).isZero();
    assertThat(first.out()).isEmpty();
    assertThat(first.err())
        .matches(
            "gfplint: "
                + files
                + " files: 0 in the cache already, "
                + files
                + " read now; \\d+\\.\\d MB in .*cache, \\d+\\.\\d s\n");
    assertThat(index("lib/gen7.c").err()).contains("1 file: 1 in the cache already, 0 read now");
    assertSame(check(), check("--no-cache"));
  }

  @Test
  void aTreeThatIsNamedAsAPathIsIndexedAsAWhole() {
    assertThat(index(".").err()).contains(files + " files: 0 in the cache already");
    assertThat(cache.resolve("trees")).isNotEmptyDirectory();
  }

  @Test
  void aPlaceThatCannotBeUsedCostsOneLine() throws IOException {
    Files.writeString(cache, "a file, not a directory");
    RunResult result = check();
    assertSame(result, check("--no-cache"));
    assertThat(result.err().lines().filter(line -> line.contains("facts cache")).toList())
        .singleElement()
        .asString()
        .startsWith("gfplint: note: facts cache " + cache);
    assertThat(index().exit()).isEqualTo(ExitCode.INCOMPLETE);
  }

  @Test
  void aDamagedCacheCostsOneLine() throws IOException {
    index();
    Path file = cache.resolve("facts.db");
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      bytes[100 + random.nextInt(bytes.length - 100)] ^= 0x55;
    }
    Files.write(file, bytes);
    RunResult without = check("--no-cache");
    RunResult result = check();
    assertSame(result, without);
    assertThat(result.err().lines().filter(line -> line.contains("facts cache"))).hasSize(1);
    check();
    assertThat(index().err()).doesNotContain("note:").contains(", 0 read now");
    assertSame(check(), without);
  }

  // ---- several processes

  @Test
  void twoAtOnceBothSucceed() throws Exception {
    Process one = start(List.of(), "index", "--tree", tree.toString());
    Process two = start(List.of(), "index", "--tree", tree.toString());
    for (Process process : List.of(one, two)) {
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(err).isZero();
      assertThat(err).contains(files + " files").doesNotContain("note:");
    }
    assertThat(index().err()).contains(", 0 read now").doesNotContain("note:");
  }

  @Test
  void killedAtAnyMoment() throws Exception {
    RunResult without = check("--no-cache");
    Random random = new Random(11);
    for (int round = 0; round < 3; round++) {
      if (round == 1) {
        Files.deleteIfExists(cache.resolve("facts.db"));
      }
      Process process = start(List.of(), "index", "--tree", tree.toString());
      // Somewhere between the file's making and the end: writing takes most of that time.
      while (process.isAlive() && !Files.exists(cache.resolve("facts.db"))) {
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(400));
      process.destroyForcibly().waitFor();
      RunResult result = check();
      assertSame(result, without);
      assertThat(result.err()).doesNotContain("note: facts");
    }
  }

  /** A file is taken as unchanged if its size and time say so, as make does. */
  @Test
  void anUnchangedTreeIsNotReadAgainAndAChangeIsSeen() throws Exception {
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, before);
      }
    }
    RunResult first = check();
    assertThat(first.out()).contains("lib/gen36.c");
    Path file = tree.resolve("lib/gen36.c");
    Files.writeString(file, Files.readString(file).replace("GFP_NOFS", "GFP_NONE"));
    Files.setLastModifiedTime(file, before);
    assertSame(check(), first);

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
    RunResult changed = check();
    assertThat(changed.out()).doesNotContain("lib/gen36.c");
    assertSame(changed, check("--no-cache"));
    assertSame(check(), changed);
  }

  /** As on a full disk: no file may grow beyond a limit. */
  @Test
  void aStoreThatCannotGrowCostsOneLine() throws Exception {
    assumeThat(Path.of("/bin/sh")).exists();
    // The parser must still fit when it is unpacked.
    long limit = 4 << 20;
    Random random = new Random(5);
    try (FactsStore store = FactsStore.open(FactsStore.Settings.in(cache), CacheTest::unexpected)) {
      while (store.bytes() < limit - (64 << 10)) {
        byte[] noise = new byte[4000];
        random.nextBytes(noise);
        store.put(FactsKey.of(noise, noise.length, 0), noise);
      }
    }
    Process process =
        start(
            List.of("/bin/sh", "-c", "ulimit -f " + limit / 512 + "; exec \"$@\"", "sh"),
            "check",
            "--tree",
            tree.toString());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.FINDINGS);
    assertThat(err.lines().filter(line -> line.contains("facts cache"))).as(err).hasSize(1);
    assertThat(out).isEqualTo(check("--no-cache").out());
  }

  private static void unexpected(String warning) {
    throw new AssertionError(warning);
  }

  /** Root may write anything, so the child gives up its capabilities. */
  @Test
  void aReadOnlyStoreIsReadAndCostsOneLine() throws Exception {
    index("lib");
    Path file = cache.resolve("facts.db");
    List<String> prefix = new ArrayList<>();
    assumeThat(file.toFile().setReadOnly() && cache.toFile().setReadOnly()).isTrue();
    if (Files.isWritable(file)) {
      prefix.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
      assumeThat(runs(prefix)).isTrue();
    }
    Process process = start(prefix, "check", "--tree", tree.toString());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    cache.toFile().setWritable(true);
    file.toFile().setWritable(true);
    assertThat(process.waitFor()).as(err).isEqualTo(ExitCode.FINDINGS);
    assertThat(err.lines().filter(line -> line.contains("facts cache")))
        .as(err)
        .singleElement()
        .asString()
        .contains("cannot be written; nothing is added to it");
    assertThat(out).isEqualTo(check("--no-cache").out());
  }

  private static boolean runs(List<String> prefix) throws InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  // ---- helpers

  private RunResult check(String... options) {
    List<String> arguments = new ArrayList<>(List.of("check", "--confidence", "low"));
    arguments.addAll(List.of(options));
    return run(arguments);
  }

  private RunResult index(String... paths) {
    List<String> arguments = new ArrayList<>(List.of("index"));
    arguments.addAll(List.of(paths));
    return run(arguments);
  }

  private RunResult run(List<String> arguments) {
    return RunResult.of(
        tree,
        Map.of("GFPLINT_CACHE_DIR", cache.toString()),
        false,
        arguments.toArray(String[]::new));
  }

  private static void assertSame(RunResult result, RunResult expected) {
    assertThat(result.out()).isEqualTo(expected.out());
    assertThat(result.exit()).isEqualTo(expected.exit());
  }

  private Process start(List<String> prefix, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    if (arguments[0].equals("check")) {
      command.addAll(List.of("--confidence", "low"));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("GFPLINT_CACHE_DIR", cache.toString());
    Process process = builder.start();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly());
    return process;
  }
}
