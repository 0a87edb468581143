package org.gfplint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** gfplint man: the manual page. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    header = "Print the manual page of all commands.",
    footer = {
      "%nExamples:",
      "  gfplint man | man -l -",
      "  gfplint man > ~/.local/share/man/man1/gfplint.1",
      "                           then 'man gfplint' finds it",
      "%nExit status: 0 done, 2 wrong usage."
    })
final class ManCommand implements Callable<Integer> {
  private final Console console;

  ManCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String page = ManPage.of(Main.commandLine(console), ToolVersion.number());
    try {
      console.out().write(page.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }
}
