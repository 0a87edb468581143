package org.gfplint.cli;

import static org.gfplint.cli.GeneratedDocsTest.ROOT;
import static org.gfplint.cli.GeneratedDocsTest.compare;

import java.io.IOException;
import java.util.stream.Collectors;
import org.gfplint.rules.Rule;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What README.md shows is what the tool prints; see {@link GeneratedDocsTest}. */
class ReadmeTest {
  @ParameterizedTest
  @CsvSource({"README.md, docs/rules/", "docs/README.md, rules/"})
  void theRulesAreListed(String file, String pages) throws IOException {
    String rows =
        Rules.all().stream()
            .map(Rule::info)
            .map(
                rule ->
                    String.format(
                        "| %s | [%s](%s%s.md) | %s | %s |\n",
                        rule.id(),
                        rule.name(),
                        pages,
                        rule.name(),
                        rule.level().label(),
                        rule.summary().replace("|", "\\|")))
            .collect(Collectors.joining());
    compare(
        ROOT.resolve(file),
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
