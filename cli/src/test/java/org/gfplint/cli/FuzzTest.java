package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs the real commands on damaged trees, patches, settings, baselines and caches. A few hundred
 * cases with every build; for hours with {@code mvn -Pfuzz -Dgfplint.fuzz.minutes=480 test}, which
 * keeps what failed in {@code cli/target/fuzz/failures}. A case is known by its seed and number:
 * {@code -Dgfplint.fuzz.seed=7 -Dgfplint.fuzz.first=1234} begins with it.
 */
class FuzzTest {
  /** CPU time of one case beyond which it hangs: a hundred times what one needs. */
  private static final Duration BOUND = Duration.ofSeconds(Long.getLong("gfplint.fuzz.bound", 60));

  private static final Path DIRECTORY =
      Path.of(System.getProperty("gfplint.fuzz.directory", "target/fuzz")).toAbsolutePath();

  private static final com.sun.management.OperatingSystemMXBean PROCESS =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long started = System.nanoTime();
  private final Map<FuzzCases.Kind, Integer> tried = new EnumMap<>(FuzzCases.Kind.class);
  private final Map<Integer, Integer> exits = new TreeMap<>();
  private final Set<String> failures = new HashSet<>();
  private volatile String running = "";
  private volatile long runningSince = PROCESS.getProcessCpuTime();
  private volatile Thread runner;

  @Test
  @DisabledIfSystemProperty(named = "gfplint.fuzz.minutes", matches = "\\d+")
  void damagedInputsDoNoHarm() throws IOException {
    fuzz(FuzzCases.of(false), 1, 0, number -> number < 100, DIRECTORY.resolve("short"));
  }

  @Test
  @EnabledIfSystemProperty(named = "gfplint.fuzz.minutes", matches = "\\d+")
  void damagedInputsDoNoHarmForHours() throws IOException {
    long end = started + Duration.ofMinutes(Long.getLong("gfplint.fuzz.minutes")).toNanos();
    long seed = Long.getLong("gfplint.fuzz.seed", System.currentTimeMillis());
    fuzz(
        FuzzCases.of(true),
        seed,
        Integer.getInteger("gfplint.fuzz.first", 0),
        number -> System.nanoTime() < end,
        DIRECTORY);
  }

  private interface Limit {
    boolean allows(int number);
  }

  private void fuzz(FuzzCases cases, long seed, int first, Limit limit, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    FuzzCase.deleteAll(directory.resolve("failures"));
    runner = Thread.currentThread();
    Thread watch = new Thread(() -> watch(directory), "fuzz watch");
    watch.setDaemon(true);
    watch.start();
    long told = System.nanoTime();
    for (int number = first; limit.allows(number); number++) {
      Random random = new Random(seed * 1_000_003L + number);
      FuzzCases.Kind kind = FuzzCases.kind(random);
      FuzzCase input = cases.of(kind, random);
      Path tree = directory.resolve("case");
      input.write(tree);
      running = kind + ", seed " + seed + ", number " + number + "\n" + input;
      runningSince = PROCESS.getProcessCpuTime();
      try {
        input.run(tree).forEach(exit -> exits.merge(exit, 1, Integer::sum));
      } catch (Throwable e) {
        keep(directory, kind, input, e);
      }
      runningSince = PROCESS.getProcessCpuTime();
      tried.merge(kind, 1, Integer::sum);
      if (System.nanoTime() - told > 60_000_000_000L) {
        told = System.nanoTime();
        tell(directory, cases, seed);
      }
    }
    runner = null;
    tell(directory, cases, seed);
    assertThat(exits.keySet()).as("the cases lead somewhere").contains(0, 1, 2);
    assertThat(failures).as("see " + directory.resolve("failures")).isEmpty();
  }

  private void tell(Path directory, FuzzCases cases, long seed) throws IOException {
    String line =
        String.format(
            Locale.ROOT,
            "%d inputs in %.2f h (%.2f h of CPU time), seed %d, from %s: %s; exit statuses %s;"
                + " %d failures%n",
            tried.values().stream().mapToInt(Integer::intValue).sum(),
            (System.nanoTime() - started) / 3.6e12,
            PROCESS.getProcessCpuTime() / 3.6e12,
            seed,
            cases.seeds(),
            tried,
            exits,
            failures.size());
    Files.writeString(directory.resolve("count.txt"), line);
  }

  /** Keeps the first input of each way to fail. */
  private void keep(Path directory, FuzzCases.Kind kind, FuzzCase input, Throwable e)
      throws IOException {
    StringWriter text = new StringWriter();
    text.write(running + "\n");
    e.printStackTrace(new PrintWriter(text));
    if (failures.add(signature(text.toString()))) {
      Path kept = directory.resolve("failures").resolve(kind + "-" + failures.size());
      input.write(kept);
      Files.writeString(kept.resolve("what.txt"), text.toString());
    }
  }

  /** Where it failed first, without what differs from one input to the next. */
  private static String signature(String text) {
    return text.lines()
        .filter(line -> line.strip().startsWith("at org.gfplint.") || line.contains("Error"))
        .filter(line -> !line.contains("Fuzz"))
        .limit(4)
        .map(line -> line.replaceAll("[\\d]+|\".*\"|'.*'", "N"))
        .reduce("", (a, b) -> a + b.strip() + "\n");
  }

  /** An input that hangs cannot be left: it is kept, and the process ends. */
  private void watch(Path directory) {
    while (true) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        return;
      }
      Thread running = runner;
      if (running != null && PROCESS.getProcessCpuTime() - runningSince > BOUND.toNanos()) {
        StringBuilder text = new StringBuilder("hangs: " + this.running + "\n");
        Thread.getAllStackTraces()
            .forEach(
                (thread, stack) -> {
                  text.append(thread).append('\n');
                  for (StackTraceElement element : stack) {
                    text.append("  ").append(element).append('\n');
                  }
                });
        try {
          Files.writeString(directory.resolve("hang.txt"), text);
        } catch (IOException e) {
          e.printStackTrace();
        }
        System.err.println(text);
        Runtime.getRuntime().halt(70);
      }
    }
  }
}
