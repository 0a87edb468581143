package org.gfplint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gfplint.rules.Rule;
import org.gfplint.rules.Rules;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/** gfplint completion: teaches a shell the commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Print what makes a shell complete gfplint's commands and options.",
    footer = {
      "%nExamples:",
      "  source <(gfplint completion bash)         for this shell",
      "  gfplint completion bash > ~/.local/share/bash-completion/completions/gfplint",
      "                                            for every bash to come",
      "  source <(gfplint completion zsh)          in ~/.zshrc, below its compinit",
      "  gfplint completion fish > ~/.config/fish/completions/gfplint.fish",
      "%nExit status: 0 done, 2 wrong usage."
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private static final String NAME = "gfplint";

  private final Console console;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine line = Main.commandLine(console);
    withWords(line);
    String script =
        shell == Shell.FISH ? FishCompletion.script(NAME, line) : AutoComplete.bash(NAME, line);
    try {
      console.out().write(script.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }

  /** Says what may stand behind options, as our converters understand it. */
  private static void withWords(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    for (OptionSpec option : List.copyOf(spec.options())) {
      List<String> words = words(option);
      if (!words.isEmpty() && option.group() == null) {
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).completionCandidates(words).build());
      }
    }
    for (PositionalParamSpec parameter : List.copyOf(spec.positionalParameters())) {
      List<String> words = words(parameter);
      if (!words.isEmpty()) {
        spec.remove(parameter);
        spec.addPositional(
            PositionalParamSpec.builder(parameter).completionCandidates(words).build());
      }
    }
    line.getSubcommands().values().forEach(CompletionCommand::withWords);
  }

  /** Empty if nothing is known. */
  static List<String> words(ArgSpec argument) {
    if (argument.paramLabel().startsWith("RULE")) {
      List<String> names = new ArrayList<>();
      for (Rule rule : Rules.all()) {
        names.add(rule.info().name());
        names.add(rule.info().id());
      }
      return names;
    }
    for (Class<?> type : argument.typeInfo().getAuxiliaryTypes()) {
      if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
            .toList();
      }
    }
    return List.of();
  }
}
