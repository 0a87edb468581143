package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gfplint.model.KernelVersion;
import org.junit.jupiter.api.Test;

/** The demo tree shows every rule once, where its README says. */
class DemoTreeTest {
  private static final Path DEMO = Path.of(System.getProperty("gfplint.testdata")).resolve("demo");
  private static final Pattern ROW =
      Pattern.compile("^\\| (GFP\\d{3} [a-z-]+) \\| `([^`]+)`, `([^`]+)` \\|.*");

  @Test
  void reportsWhatItsReadmeSays() throws IOException {
    List<String> rows;
    try (var lines = Files.lines(DEMO.resolve("README.md"))) {
      rows =
          lines
              .map(ROW::matcher)
              .filter(m -> m.matches())
              .map(m -> m.group(1) + " " + m.group(2) + " " + m.group(3))
              .toList();
    }

    Check.Result result =
        Check.run(
            new Check.Request(DEMO, List.of(), Optional.empty(), "x86", Set.of(), 2),
            Silent.PROGRESS);

    assertThat(result.version()).isEqualTo(KernelVersion.parse("5.10"));
    assertThat(result.skipped()).isEmpty();
    assertThat(result.findings().stream().filter(f -> f.suppression().isEmpty()))
        .extracting(
            f ->
                f.ruleId()
                    + " "
                    + Rules.find(f.ruleId()).orElseThrow().info().name()
                    + " "
                    + f.location().path()
                    + " "
                    + f.function())
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(rows)
        .extracting(row -> row.split(" ")[1])
        .containsExactlyInAnyOrderElementsOf(
            Rules.all().stream().map(r -> r.info().name()).toList());
  }
}
