package org.gfplint.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for the shell fish, which the library of the command line does not know. */
final class FishCompletion {
  private final String name;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String name) {
    this.name = name;
  }

  /** A script that teaches the commands and options. */
  static String script(String name, CommandLine line) {
    FishCompletion fish = new FishCompletion(name);
    fish.script
        .append("# Completion of ")
        .append(name)
        .append(" for fish; '")
        .append(name)
        .append(" completion fish' wrote it.\ncomplete -c ")
        .append(name)
        .append(" -f\n");
    fish.command(List.of(), line);
    return fish.script.toString();
  }

  /**
   * Adds a command and those below it.
   *
   * @param words what is typed before its own subcommands
   */
  private void command(List<String> words, CommandLine line) {
    String here = condition(words, line);
    Map<String, CommandLine> commands = new LinkedHashMap<>(line.getSubcommands());
    commands.forEach(
        (sub, subLine) ->
            add(here, List.of("-a", quoted(sub)), headline(subLine.getCommandSpec())));
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        option(here, option);
      }
    }
    for (PositionalParamSpec parameter : line.getCommandSpec().positionalParameters()) {
      if (isFile(parameter)) {
        add(here, List.of("-F"), "");
      } else if (!CompletionCommand.words(parameter).isEmpty()) {
        add(here, List.of("-a", words(parameter)), "");
      }
    }
    commands.forEach(
        (sub, subLine) -> {
          List<String> longer = new ArrayList<>(words);
          longer.add(sub);
          command(longer, subLine);
        });
  }

  private void option(String here, OptionSpec option) {
    List<String> arguments = new ArrayList<>();
    for (String spelling : new TreeSet<>(List.of(option.names()))) {
      boolean isLong = spelling.startsWith("--");
      arguments.add(isLong ? "-l" : "-s");
      arguments.add(spelling.substring(isLong ? 2 : 1));
    }
    if (option.arity().max() > 0) {
      arguments.add("-r");
      if (!CompletionCommand.words(option).isEmpty()) {
        arguments.addAll(List.of("-f", "-a", words(option)));
      } else if (isFile(option)) {
        arguments.add("-F");
      }
    }
    String description = option.description().length == 0 ? "" : option.description()[0];
    add(here, arguments, firstSentence(description));
  }

  private void add(String here, List<String> arguments, String description) {
    script.append("complete -c ").append(name).append(" -n ").append(quoted(here));
    arguments.forEach(argument -> script.append(' ').append(argument));
    if (!description.isEmpty()) {
      script.append(" -d ").append(quoted(description));
    }
    script.append('\n');
  }

  /** True while these words are typed and no further subcommand is. */
  private static String condition(List<String> words, CommandLine line) {
    String below = String.join(" ", line.getSubcommands().keySet());
    if (words.isEmpty()) {
      return "not __fish_seen_subcommand_from " + below;
    }
    StringBuilder seen = new StringBuilder();
    for (String word : words) {
      seen.append(seen.length() == 0 ? "" : "; and ");
      seen.append("__fish_seen_subcommand_from ").append(word);
    }
    return below.isEmpty()
        ? seen.toString()
        : seen + "; and not __fish_seen_subcommand_from " + below;
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.typeInfo().getAuxiliaryTypes().length > 0
        && List.of(argument.typeInfo().getAuxiliaryTypes()).stream()
            .anyMatch(type -> type == Path.class || type == File.class);
  }

  private static String words(ArgSpec argument) {
    return quoted(String.join(" ", CompletionCommand.words(argument)));
  }

  private static String headline(CommandSpec command) {
    String[] header = command.usageMessage().header();
    return header.length == 0 ? "" : firstSentence(header[0]);
  }

  private static String firstSentence(String text) {
    String plain = text.replace("%n", " ").strip();
    int end = plain.indexOf(". ");
    String first = end < 0 ? plain : plain.substring(0, end);
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
