package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfplint.report.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts for shells, loaded by the shells, and the manual page, set by man. */
class CompletionTest {
  @TempDir private Path directory;

  private Path script(String shell) throws IOException {
    RunResult result = RunResult.of(directory, "completion", shell);
    assertThat(result.exit()).as(result.err()).isZero();
    return Files.writeString(directory.resolve("completion." + shell), result.out());
  }

  private static void need(String program) {
    assumeTrue(Programs.find(program).isPresent(), () -> "no " + program + " on PATH");
  }

  /** What the command prints; it must succeed and complain of nothing. */
  private String run(String... command) throws IOException {
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("MANWIDTH", "80");
    Process process = builder.start();
    process.getOutputStream().close();
    // A shell that waits for something shall not hold up the tests.
    process
        .onExit()
        .orTimeout(2, TimeUnit.MINUTES)
        .exceptionally(late -> process.destroyForcibly());
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(out + Files.readString(errors)).isZero();
    assertThat(errors).isEmptyFile();
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | check fix baseline hook explain completion man | --no-such",
        "check --f | --fail-on --format | --staged",
        "check --format '' | text sarif json csv md html | TEXT",
        "check --fail-on '' | error warning note none | ERROR",
        "check --rules vm | vmalloc-restricted | gfp-argument",
        "hook '' | install uninstall run | check",
        "explain vm | vmalloc-restricted | gfp-argument",
        "scopes --format '' | text md json html | csv"
      })
  void theShellsOfferWhatFits(String typed, String offered, String notOffered) throws IOException {
    for (String shell : List.of("bash", "fish")) {
      if (Programs.find(shell).isEmpty()) {
        continue;
      }
      List<String> words = shell.equals("bash") ? ofBash(typed) : ofFish(typed);
      assertThat(words)
          .as(shell + ": gfplint " + typed)
          .contains(offered.split(" "))
          .doesNotContain(notOffered.split(" "));
    }
  }

  private List<String> ofBash(String typed) throws IOException {
    String program =
        // It works in real completion only.
        "compopt() { :; }; source '%s'; COMP_WORDS=(gfplint %s); COMP_CWORD=$((${#COMP_WORDS[@]}-1));"
                .formatted(script("bash"), typed.isEmpty() ? "''" : typed)
            + " _complete_gfplint; printf '%s\\n' \"${COMPREPLY[@]}\"";
    return run("bash", "--norc", "-c", program).lines().map(String::strip).toList();
  }

  private List<String> ofFish(String typed) throws IOException {
    String line = "gfplint " + typed.replace("''", "");
    return run(
            "fish",
            "--no-config",
            "-c",
            "source '%s'; complete -C '%s'".formatted(script("fish"), line))
        .lines()
        .map(l -> l.split("\t")[0])
        .toList();
  }

  @Test
  void fishSaysWhatTheOptionsAreFor() throws IOException {
    need("fish");
    String all =
        run(
            "fish",
            "--no-config",
            "-c",
            "source '%s'; complete -C 'gfplint check --st'".formatted(script("fish")));
    assertThat(all).startsWith("--staged\tReport only what the staged changes bring in");
  }

  @Test
  void zshOffersWhatFits() throws IOException {
    need("zsh");
    // A zsh with a terminal of its own, in which somebody types and presses the tabulator.
    Path session =
        Files.writeString(
            directory.resolve("session.zsh"),
            """
            zmodload zsh/zpty
            zpty shell 'TERM=dumb zsh -f -i'
            zpty -w shell "PS1=; autoload -Uz compinit && compinit -u -D; source '%s'; gfplint() { echo RAN \\$* END; }"
            zpty -w shell 'echo REA""DY'
            zpty -r -m shell line '*READY*'
            zpty -w -n shell $'gfplint check --stag\\t\\n'
            zpty -r -m shell line '*RAN*END*'
            print -r -- $line
            zpty -w -n shell $'gfplint hook unin\\t\\n'
            zpty -r -m shell line '*RAN*END*'
            print -r -- $line
            zpty -d shell
            """
                .formatted(script("zsh")));
    String said = run("zsh", "-f", session.toString());
    assertThat(said).contains("RAN check --staged END", "RAN hook uninstall END");
  }

  @Test
  void aShellThatIsNotKnownIsAMistake() {
    RunResult result = RunResult.of(directory, "completion", "tcsh");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'tcsh' is none of bash, zsh, fish");
  }

  @Test
  void manSetsThePageWithoutComplaints() throws IOException {
    RunResult page = RunResult.of(directory, "man");
    assertThat(page.exit()).isZero();
    assertThat(page.out()).doesNotContain("${", "@|", "%n");
    need("man");
    Path file = Files.writeString(directory.resolve("gfplint.1"), page.out());
    String text = run("man", "--warnings", "-E", "UTF-8", "-l", "-P", "cat", file.toString());
    text = text.replaceAll(".\b", "");
    assertThat(text)
        .contains(
            "gfplint - find misuse of GFP flags in Linux kernel C code",
            "gfplint check --tree linux-6.1",
            "--confidence LEVEL",
            "-o, --output FILE",
            "gfplint hook install",
            "Exit status: 0 nothing at or above --fail-on, 1 findings");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    for (String section : List.of("NAME", "SYNOPSIS", "COMMANDS", "ENVIRONMENT", "EXIT STATUS")) {
      assertThat(text.lines()).contains(section);
    }
  }
}
