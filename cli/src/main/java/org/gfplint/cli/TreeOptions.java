package org.gfplint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.rules.InputException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes that reads a kernel tree. */
final class TreeOptions {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files and directories that the command is about: below the tree if they exist there,"
              + " else below the working directory. Default: the whole tree.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--tree",
      order = 1,
      paramLabel = "DIR",
      description = "The kernel tree. Default: the one that the first PATH (or you) are in.")
  private Optional<Path> tree;

  @Option(
      names = "--arch",
      order = 3,
      paramLabel = "ARCH",
      description = "Which directory of arch/ to read, or 'all'. Default: x86.")
  private Optional<String> arch;

  @Option(
      names = "--threads",
      order = 20,
      paramLabel = "N",
      description = "How many threads to use. Default: one for each processor.")
  private Optional<Integer> threads;

  /**
   * What they select.
   *
   * @param versionKnown whether no Makefile is needed to tell the kernel version
   * @throws InputException if a path does not exist or is outside of the tree, or no tree is found
   */
  TreeSelection selection(boolean versionKnown, Console console) {
    return TreeSelection.of(tree, paths, versionKnown, console.directory());
  }

  /** The directory below arch/ to read, or "all". */
  String arch() {
    return arch(Settings.none());
  }

  /** The same where a tree has settings. */
  String arch(Settings settings) {
    return arch.or(() -> settings.arch.map(Settings.From::value)).orElse(Settings.DEFAULT_ARCH);
  }

  /**
   * How many threads to use.
   *
   * @throws InputException if that is none
   */
  int workers() {
    int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (workers < 1) {
      throw new InputException("--threads needs a number of at least 1, not " + workers);
    }
    return workers;
  }
}
