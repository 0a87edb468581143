package org.gfplint.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Index;
import org.gfplint.rules.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private TreeOptions options = new TreeOptions();

  @Option(
      names = {"-q", "--quiet"},
      order = 22,
      description = "No progress bar or summary; only what goes wrong.")
  private boolean quiet;

  IndexCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    TreeSelection selection = options.selection(true, console);
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
                selection.tree(),
                selection.paths(),
                options.arch(Settings.of(selection.tree())),
                options.workers(),
                cache));
    console.saySkipped(result.skipped());
    result.notes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
    if (!quiet) {
      console.say(
          String.format(
              Locale.ROOT,
              "%d %s: %d in the cache already, %d read now; %.1f MB in %s, %.1f s",
              result.files(),
              result.files() == 1 ? "file" : "files",
              result.hits(),
              result.misses(),
              result.bytes() / 1e6,
              TerminalText.escape(cache.toString()),
              (System.nanoTime() - start) / 1e9));
    }
    return result.kept() ? ExitCode.CLEAN : ExitCode.INCOMPLETE;
  }

  private Index.Result run(Index.Request request) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      return Index.run(request, display);
    }
  }
}
