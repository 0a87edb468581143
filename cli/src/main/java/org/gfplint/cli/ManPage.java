package org.gfplint.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, made of what --help says of every command, in the macros of man(7). */
final class ManPage {
  private static final List<String> ENVIRONMENT =
      List.of(
          "GFPLINT_JAVA_HOME|The Java to run on, 25 or newer, before JAVA_HOME and PATH.",
          "GFPLINT_JAVA_OPTS|Further options for Java, as in -Xmx4g for a whole kernel.",
          "GFPLINT_CACHE_DIR|Where the cache is; else gfplint/ in XDG_CACHE_HOME or ~/.cache.",
          "NO_COLOR|If set to anything, no colours.",
          "SKIP|With gfplint in its list, separated by commas, the hook does nothing.");

  private static final List<String> FILES =
      List.of(
          ".gfplint.yaml|Settings of a tree, at its top.",
          ".gfplint-baseline.json|Findings of a tree that are known; see gfplint baseline.");

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /** The page of all commands. */
  static String of(CommandLine line, String version) {
    ManPage man = new ManPage();
    man.request("TH", "GFPLINT", "1", "", "gfplint " + version, "User Commands");
    man.request("SH", "NAME");
    man.text("gfplint - find misuse of GFP flags in Linux kernel C code");
    man.request("SH", "SYNOPSIS");
    man.page.append(".B gfplint\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIPATH\\fR...]\n");
    man.request("SH", "DESCRIPTION");
    man.prose(line.getCommandSpec().usageMessage().description());
    man.request("SH", "COMMANDS");
    man.commands(line);
    man.list("ENVIRONMENT", ENVIRONMENT);
    man.list("FILES", FILES);
    man.request("SH", "EXIT STATUS");
    man.prose(line.getCommandSpec().usageMessage().footer());
    man.request("SH", "SEE ALSO");
    man.page.append(".BR git (1)\n");
    return man.page.toString();
  }

  private void commands(CommandLine line) {
    for (CommandLine sub : line.getSubcommands().values()) {
      CommandSpec command = sub.getCommandSpec();
      request("SS", command.qualifiedName());
      prose(command.usageMessage().header());
      prose(command.usageMessage().description());
      for (PositionalParamSpec parameter : command.positionalParameters()) {
        item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter);
      }
      List<OptionSpec> options = new ArrayList<>(command.options());
      options.sort(Comparator.comparingInt(OptionSpec::order));
      for (OptionSpec option : options) {
        boolean isOfAll = option.usageHelp() || option.versionHelp();
        if (!option.hidden() && !isOfAll) {
          item(spelling(option), option);
        }
      }
      prose(command.usageMessage().footer());
      commands(sub);
    }
  }

  private static String spelling(OptionSpec option) {
    StringBuilder all = new StringBuilder();
    for (String name : option.names()) {
      all.append(all.length() == 0 ? "" : ", ").append("\\fB").append(escaped(name)).append("\\fR");
    }
    return option.arity().max() == 0
        ? all.toString()
        : all + " \\fI" + escaped(option.paramLabel()) + "\\fR";
  }

  private void item(String term, ArgSpec argument) {
    page.append(".TP\n").append(term).append('\n');
    String description = String.join(" ", argument.description());
    String standard = argument.defaultValue();
    text(
        plain(description.replace("${DEFAULT-VALUE}", standard == null ? "" : standard))
            .replace('\n', ' '));
  }

  private void list(String title, List<String> items) {
    request("SH", title);
    for (String item : items) {
      int bar = item.indexOf('|');
      page.append(".TP\n.B ").append(escaped(item.substring(0, bar))).append('\n');
      text(item.substring(bar + 1));
    }
  }

  /** Paragraphs; lines that begin with blanks stay as they are. */
  private void prose(String... parts) {
    boolean literal = false;
    page.append(".PP\n");
    for (String line : plain(String.join("\n", parts)).strip().split("\n")) {
      boolean indented = line.startsWith("  ") && !line.isBlank();
      if (indented != literal) {
        page.append(indented ? ".PP\n.nf\n" : ".fi\n.PP\n");
        literal = indented;
      }
      if (line.isBlank()) {
        page.append(".PP\n");
      } else {
        text(line);
      }
    }
    if (literal) {
      page.append(".fi\n");
    }
  }

  private static String plain(String text) {
    return Ansi.OFF.string(String.format(Locale.ROOT, text.replaceAll("%(?!n)", "%%")));
  }

  private void text(String line) {
    String escaped = escaped(line);
    // A line must not look like a request.
    page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
        .append(escaped)
        .append('\n');
  }

  private void request(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("~", "\\(ti");
  }
}
