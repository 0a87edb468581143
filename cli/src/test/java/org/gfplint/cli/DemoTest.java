package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.gfplint.report.SarifSchema;
import org.junit.jupiter.api.Test;

/** The demo tree in both forms of report. */
class DemoTest {
  private static final Path DEMO = Path.of(System.getProperty("gfplint.testdata")).resolve("demo");
  private static final Pattern FINDING =
      Pattern.compile("(?m)^(\\S+):(\\d+):(\\d+): (\\w+): .* \\[(GFP\\d+) [a-z-]+\\]$");

  @Test
  void sarifIsValidAndSaysWhatTheTextSays() throws IOException {
    String[] arguments = {"check", "--confidence", "low"};
    RunResult text = RunResult.of(DEMO, arguments);
    RunResult sarif = RunResult.of(DEMO, "check", "--confidence", "low", "--format", "sarif");
    assertThat(sarif.exit()).isEqualTo(text.exit()).isEqualTo(1);
    assertThat(SarifSchema.violations(sarif.out())).isEmpty();
    List<String> lines =
        FINDING
            .matcher(text.out())
            .results()
            .map(m -> String.join(" ", m.group(1), m.group(2), m.group(3), m.group(4), m.group(5)))
            .toList();
    assertThat(lines).isNotEmpty();
    JsonNode results = new ObjectMapper().readTree(sarif.out()).at("/runs/0/results");
    assertThat(results)
        .extracting(
            result -> {
              JsonNode place = result.at("/locations/0/physicalLocation");
              return String.join(
                  " ",
                  place.at("/artifactLocation/uri").asText(),
                  place.at("/region/startLine").asText(),
                  place.at("/region/startColumn").asText(),
                  result.at("/level").asText(),
                  result.at("/ruleId").asText());
            })
        .containsExactlyElementsOf(lines);
  }
}
