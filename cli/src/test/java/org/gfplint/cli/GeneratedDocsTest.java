package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
