package org.gfplint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Index;
import org.gfplint.rules.InputException;
import org.gfplint.source.SkippedFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gfplint index: reads a tree for later checks. */
@Command(
    name = "index",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Read a kernel tree, or some paths of it, so that later checks are quick.",
    description = {
      "%nKeeps what a check needs to know of each file in the cache: GFPLINT_CACHE_DIR, or gfplint/"
          + " in XDG_CACHE_HOME or ~/.cache. 'gfplint check' does so too; this command fills the"
          + " cache without checking. Files that did not change are not read again."
    },
    footer = {
      "%nExamples:",
      "  gfplint index                    the tree that you are in",
      "  gfplint index --tree linux-6.1 fs mm%n",
      "Exit status: 0 done, 2 wrong usage, 3 the cache cannot be used."
    })
final class IndexCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files and directories to read, with what they include. Default: all.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The kernel tree. Default: the one that the first PATH (or you) are in.")
  private Optional<Path> tree;

  @Option(
      names = "--arch",
      paramLabel = "ARCH",
      defaultValue = "x86",
      description = "Which directory of arch/ to read, or 'all'. Default: ${DEFAULT-VALUE}.")
  private String arch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads to use. Default: one for each processor.")
  private Optional<Integer> threads;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress bar or summary; only what goes wrong.")
  private boolean quiet;

  IndexCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    TreeSelection selection = TreeSelection.of(tree, paths, true, console.directory());
    Path cache =
        CacheDirectory.of(console)
            .orElseThrow(
                () ->
                    new InputException(
                        "there is no place for a cache: none of GFPLINT_CACHE_DIR, XDG_CACHE_HOME"
                            + " and HOME is set"));
    Index.Result result =
        run(
            new Index.Request(
                selection.tree(), selection.paths(), arch, CheckCommand.workers(threads), cache));
    for (SkippedFile file : result.skipped()) {
      console.say(
          "skipped "
              + TerminalText.escape(file.path())
              + ": "
              + TerminalText.escape(file.reason()));
    }
    result.notes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
    if (!quiet) {
      console.say(
          String.format(
              Locale.ROOT,
              "%d files: %d in the cache already, %d read now; %.1f MB in %s, %.1f s",
              result.files(),
              result.hits(),
              result.misses(),
              result.bytes() / 1e6,
              TerminalText.escape(cache.toString()),
              (System.nanoTime() - start) / 1e9));
    }
    return result.kept() ? ExitCode.CLEAN : ExitCode.INCOMPLETE;
  }

  private Index.Result run(Index.Request request) {
    if (quiet || !console.errIsTerminal() || console.isSet("CI")) {
      return Index.run(request, ProgressDisplay.none());
    }
    try (ProgressDisplay display = new ProgressDisplay(console.err())) {
      return Index.run(request, display);
    }
  }
}
