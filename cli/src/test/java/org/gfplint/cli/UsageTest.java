package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get to read who ask for what cannot be done. */
class UsageTest {
  @TempDir private Path directory;

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectories(directory.resolve("linux/fs"));
    Files.writeString(directory.resolve("linux/Makefile"), "VERSION = 6\nPATCHLEVEL = 1\n");
    Files.writeString(directory.resolve("linux/Kbuild"), "");
    Files.writeString(directory.resolve("linux/fs/a.c"), "int a;\n");
    Files.writeString(directory.resolve("lone.c"), "int lone;\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | say what to do: 'gfplint check' or 'gfplint explain'",
        "chek | 'gfplint' does not know 'chek'; did you mean 'check'?",
        "check --fromat text | 'gfplint check' does not know '--fromat'; did you mean '--format'?",
        "check --format xml | Invalid value for option '--format': 'xml' is none of text, sarif",
        "check --fail-on fatal | 'fatal' is none of error, warning, note, none",
        "check --confidence sure | 'sure' is none of high, medium, low",
        "check --color blue | 'blue' is none of auto, always, never",
        "check --tree linux --threads 0 | --threads needs a number of at least 1",
        "check --tree linux --kernel-version six | not a kernel version: 'six'",
        "check -o r.txt | -o needs its --format",
        "check --format text --format sarif | two reports would go to standard output",
        "check --format text -o r --format sarif -o ./r | two reports would go to ./r",
        "check --format text -o no/r.txt | cannot write no/r.txt: there is no directory",
        "check --format text -o linux | cannot write linux: it is a directory",
        "check --rules GFP999 | there is no rule 'GFP999'",
        "check | not inside a kernel tree; say which one with --tree",
        "check missing.c | there is no missing.c",
        "check --tree missing | there is no missing",
        "check --tree lone.c | lone.c is not a directory (--tree)",
        "check --tree linux fs missing | there is no missing, neither in linux nor here",
        "check --tree linux lone.c | lone.c is not inside the kernel tree",
        "check linux/fs lone.c | lone.c is not inside the kernel tree",
        "check lone.c | lone.c is not inside a kernel tree; say which kernel it is for",
      })
  void isToldWhatIsWrong(String command, String message) {
    RunResult result =
        RunResult.of(directory, command.isEmpty() ? new String[0] : command.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("gfplint: ").contains(message);
    assertThat(result.err().lines().count()).isBetween(1L, 2L);
    assertThat(directory.resolve("r")).doesNotExist();
  }

  @Test
  void aPathCannotSendTerminalSequences() {
    RunResult result = RunResult.of(directory, "check", "no\u001b[2J\nfile");
    assertThat(result.err()).isEqualTo("gfplint: there is no no\\x1b[2J\\x0afile\n");
  }

  @Test
  void versionAndHelpGoToStandardOutput() {
    RunResult version = RunResult.of(directory, "--version");
    assertThat(version.exit()).isZero();
    assertThat(version.out()).matches("gfplint \\d+\\.\\d+\\S*( \\(commit [0-9a-f]{7,}\\))?\n");
    RunResult help = RunResult.of(directory, "check", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: gfplint check", "Exit status:");
    assertThat(help.err()).isEmpty();
  }
}
