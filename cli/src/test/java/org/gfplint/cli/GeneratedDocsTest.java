package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * Parts of the documentation that say what the code says. With -Dgfplint.update=true the files are
 * rewritten instead of compared.
 */
class GeneratedDocsTest {
  static final Path ROOT =
      Path.of(System.getProperty("gfplint.testdata")).toAbsolutePath().getParent();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gfplint --help",
        "gfplint check --help",
        "gfplint fix --help",
        "gfplint scopes --help",
        "gfplint baseline --help",
        "gfplint baseline create --help",
        "gfplint baseline update --help",
        "gfplint baseline show --help",
        "gfplint hook --help",
        "gfplint hook install --help",
        "gfplint hook uninstall --help",
        "gfplint hook run --help",
        "gfplint config --help",
        "gfplint index --help",
        "gfplint explain --help",
        "gfplint model --help",
        "gfplint callgraph --help",
        "gfplint parse --help",
        "gfplint doctor --help",
        "gfplint completion --help",
        "gfplint man --help"
      })
  void commandsAreDocumentedByTheirHelp(String command) throws IOException {
    String[] arguments = command.substring("gfplint ".length()).split(" ");
    compare(
        ROOT.resolve("docs/commands.md"),
        "<!-- " + command + " -->\n",
        "<!-- end -->\n",
        "\n```text\n" + RunResult.of(ROOT, arguments).out().strip() + "\n```\n\n");
  }

  /** In the documentation too, then. */
  @Test
  void everyCommandShowsExamplesAndItsExitStatus() {
    List<String> commands = commands("", Main.commandLine(RunResult.nobody(ROOT)));
    assertThat(commands).hasSizeGreaterThan(18).contains("hook install ");
    for (String command : commands) {
      String help = RunResult.of(ROOT, (command + "--help").split(" ")).out();
      assertThat(help).as(command).containsPattern("(?m)^Examples:?\n  .*\\bgfplint ");
      if (!command.isEmpty()) {
        assertThat(help).as(command).contains("Exit status: 0 ");
      }
    }
  }

  private static List<String> commands(String words, CommandLine line) {
    List<String> commands = new ArrayList<>(List.of(words));
    line.getSubcommands()
        .forEach((name, sub) -> commands.addAll(commands(words + name + " ", sub)));
    return commands;
  }

  static void compare(Path file, String begin, String end, String expected) throws IOException {
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    assertThat(from).as(begin + " in " + file).isGreaterThanOrEqualTo(begin.length());
    assertThat(to).as(end + " in " + file).isGreaterThanOrEqualTo(from);
    if (Boolean.getBoolean("gfplint.update")) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
    } else {
      assertThat(text.substring(from, to))
          .as("run with -Dgfplint.update=true to rewrite " + file)
          .isEqualTo(expected);
    }
  }
}
