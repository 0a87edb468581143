package org.gfplint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gfplint.model.KernelVersion;
import org.gfplint.rules.Rule;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.RulePage;
import org.gfplint.rules.Rules;
import org.gfplint.source.KernelTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
    description = {
      "%nWith a kernel version the page ends with what holds there: whether its wrong example is"
          + " reported, and the facts that decide it."
    },
    footer = {
      "%nExamples:",
      "  gfplint explain",
      "  gfplint explain vmalloc-restricted",
      "  gfplint explain GFP101 --kernel-version 6.1%n",
      "Exit status: 0 done, 2 wrong usage: no such rule (the nearest is named), no such version."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RULE",
      arity = "0..1",
      description = "Name or id of a rule, as in vmalloc-restricted or GFP101.")
  private Optional<String> rule;

  @Option(
      names = "--kernel-version",
      paramLabel = "VERSION",
      description = "Say what holds in this version. Default: the version of the tree.")
  private Optional<String> kernelVersion;

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The kernel tree. Default: the one that you are in, if any.")
  private Optional<Path> tree;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String text = rule.map(RuleSelection::one).map(this::page).orElseGet(ExplainCommand::list);
    try {
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }

  private String page(RuleInfo info) {
    String page = RulePage.of(info.name()).markdown();
    String verdict = version().map(in -> "\n" + new VersionVerdict(info, in).markdown()).orElse("");
    return PageRenderer.render(page + verdict, ColourMode.AUTO.colours(console));
  }

  private Optional<KernelVersion> version() {
    if (kernelVersion.isPresent()) {
      return kernelVersion.map(TreeSelection::version);
    }
    if (tree.isPresent()) {
      return KernelTree.open(TreeSelection.of(tree, List.of(), true, console.directory()).tree())
          .version();
    }
    return KernelTree.findUpward(console.directory()).flatMap(KernelTree::version);
  }

  private static String list() {
    return Rules.all().stream()
        .map(Rule::info)
        .map(
            info ->
                String.format(
                    "%-7s %-22s %-8s %s\n",
                    info.id(), info.name(), info.level().label(), info.summary()))
        .collect(Collectors.joining());
  }
}
