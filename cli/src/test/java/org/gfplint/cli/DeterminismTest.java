package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same code gives the same bytes in every form of report, however it comes to be read. */
class DeterminismTest {
  private static final Path TESTDATA = Path.of(System.getProperty("gfplint.testdata"));

  @TempDir private Path directory;

  @Test
  void reportsAreTheSameForAnyThreadsCacheAndPlace() throws IOException {
    Path here = copy(directory.resolve("a/linux"));
    Path there = copy(directory.resolve("b/somewhere else/linux-6.1"));
    Map<String, String> expected = reports(here, "none", "--no-cache", "--threads", "1");
    assertThat(expected.get("text").lines().count()).isGreaterThan(500);
    for (String threads : List.of("2", "8")) {
      assertThat(reports(here, "none", "--no-cache", "--threads", threads))
          .as(threads + " threads")
          .isEqualTo(expected);
    }
    assertThat(reports(here, "cache", "--threads", "8")).as("a cold cache").isEqualTo(expected);
    assertThat(reports(here, "cache", "--threads", "2")).as("a warm one").isEqualTo(expected);
    assertThat(reports(there, "cache", "--threads", "2")).as("another place").isEqualTo(expected);
    assertThat(reports(there, "none", "--no-cache", "--threads", "8"))
        .as("another place, no cache")
        .isEqualTo(expected);
  }

  /** The demo, and every fixture, as one tree. */
  private static Path copy(Path tree) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (String part : List.of("demo", "rules")) {
      Path from = TESTDATA.resolve(part);
      try (Stream<Path> found = Files.walk(from)) {
        found
            .filter(Files::isRegularFile)
            .forEach(f -> files.put((part.equals("demo") ? "" : "fs/") + from.relativize(f), f));
      }
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path to = tree.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.copy(file.getValue(), to);
    }
    return tree;
  }

  private Map<String, String> reports(Path tree, String cache, String... options)
      throws IOException {
    Path out = Files.createTempDirectory(directory, "reports");
    List<String> command = new ArrayList<>(List.of("check", "--confidence", "low"));
    command.addAll(List.of(options));
    List<String> formats = List.of("text", "sarif", "json", "csv", "md", "html");
    for (String format : formats) {
      command.addAll(List.of("--format", format, "-o", out.resolve(format).toString()));
    }
    RunResult result =
        RunResult.of(
            tree,
            Map.of("GFPLINT_CACHE_DIR", directory.resolve(cache).toString()),
            false,
            command.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isEqualTo(ExitCode.FINDINGS);
    Map<String, String> reports = new TreeMap<>();
    for (String format : formats) {
      reports.put(format, Files.readString(out.resolve(format)));
    }
    return reports;
  }
}
