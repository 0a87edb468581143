package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.gfplint.rules.Rule;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules by the names that people type. */
class RuleNameTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"vmaloc-restricted", "vmalloc-restrict", "VMALLOC-RESTRICTED"})
  void aMistypedNameGetsTheNearest(String typed) {
    for (String[] command : new String[][] {{"check", "--rules", typed}, {"explain", typed}}) {
      RunResult result = RunResult.of(directory, command);
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .hasLineCount(1)
          .contains("no rule '" + typed + "'; did you mean 'vmalloc-restricted'?");
    }
  }

  @Test
  void explainShowsThePageOfEveryRuleByNameAndById() {
    for (Rule rule : Rules.all()) {
      RunResult byName = RunResult.of(directory, "explain", rule.info().name());
      assertThat(byName.exit()).isZero();
      assertThat(byName.out())
          .startsWith(rule.info().id() + " " + rule.info().name())
          .contains("\nWhy\n", "\nHow to fix\n");
      assertThat(byName.out().lines().filter(line -> !line.startsWith("    ")))
          .allMatch(line -> line.length() <= 80);
      assertThat(RunResult.of(directory, "explain", rule.info().id().toLowerCase()).out())
          .isEqualTo(byName.out());
    }
  }

  @Test
  void explainWithoutARuleListsThemAll() {
    RunResult result = RunResult.of(directory, "explain");
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().map(line -> line.split(" +")[1]))
        .containsExactlyElementsOf(Rules.all().stream().map(r -> r.info().name()).toList());
  }
}
