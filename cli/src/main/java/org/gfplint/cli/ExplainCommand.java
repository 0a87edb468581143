package org.gfplint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gfplint.rules.Rule;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.RulePage;
import org.gfplint.rules.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** gfplint explain: what a rule means, or which rules there are. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Say what a rule means and how to fix the code; without RULE, list the rules.",
    footer = {
      "%nExamples:",
      "  gfplint explain",
      "  gfplint explain vmalloc-restricted",
      "  gfplint explain GFP101"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RULE",
      arity = "0..1",
      description = "Name or id of a rule, as in vmalloc-restricted or GFP101.")
  private Optional<String> rule;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String text = rule.map(RuleSelection::one).map(this::page).orElseGet(this::list);
    try {
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }

  private String page(RuleInfo info) {
    return PageRenderer.render(
        RulePage.of(info.name()).markdown(), ColourMode.AUTO.colours(console));
  }

  private String list() {
    return Rules.all().stream()
        .map(Rule::info)
        .map(ExplainCommand::row)
        .collect(Collectors.joining());
  }

  private static String row(RuleInfo info) {
    return String.format(
        "%-7s %-22s %-8s %s\n", info.id(), info.name(), info.level().label(), info.summary());
  }
}
