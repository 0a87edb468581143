package org.gfplint.cli;

import static org.gfplint.cli.GeneratedDocsTest.ROOT;
import static org.gfplint.cli.GeneratedDocsTest.compare;

import java.io.IOException;
import java.util.stream.Collectors;
import org.gfplint.rules.Rule;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.Test;

/** What README.md shows is what the tool prints; see {@link GeneratedDocsTest}. */
class ReadmeTest {
  @Test
  void readmeListsTheRules() throws IOException {
    String rows =
        Rules.all().stream()
            .map(Rule::info)
            .map(
                rule ->
                    String.format(
                        "| %s | [%s](docs/rules/%s.md) | %s | %s |\n",
                        rule.id(),
                        rule.name(),
                        rule.name(),
                        rule.level().label(),
                        rule.summary().replace("|", "\\|")))
            .collect(Collectors.joining());
    compare(
        ROOT.resolve("README.md"),
        "<!-- rules -->\n",
        "<!-- end of rules -->\n",
        "\n| id | name | level | reports |\n|---|---|---|---|\n" + rows + "\n");
  }

  @Test
  void readmeShowsWhatTheDemoPrints() throws IOException {
    RunResult demo = RunResult.of(ROOT, "check", "testdata/demo", "--rules", "vmalloc-restricted");
    compare(
        ROOT.resolve("README.md"),
        "<!-- demo output -->\n",
        "<!-- end of demo output -->\n",
        "\n```text\n$ ./gfplint check testdata/demo --rules vmalloc-restricted\n"
            + demo.out()
            + "```\n\n");
  }
}
