package org.gfplint.cli;

import java.util.Optional;
import java.util.Set;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAdditions;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Check;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that follows code without judging it, and the run that comes of it. */
final class AnalysisOptions {
  @Mixin private TreeOptions tree = new TreeOptions();

  @Option(
      names = "--kernel-version",
      order = 2,
      paramLabel = "VERSION",
      description =
          "Take it that the code runs on this version, as in 5.15. Default: the version in the"
              + " tree's Makefile.")
  private Optional<String> kernelVersion;

  @Option(
      names = "--no-cache",
      order = 21,
      description = "Neither use nor keep what was read from files before (docs/cache.md).")
  private boolean noCache;

  @Option(
      names = {"-q", "--quiet"},
      order = 22,
      description = "No progress bar or notes; only skipped files and errors.")
  private boolean quiet;

  @Option(
      names = "--debug",
      order = 23,
      description = "On an internal error print where in gfplint it happened.")
  private boolean debug;

  private Settings settings = Settings.none();

  /** The run that they ask for. */
  Check.Request request(Console console) {
    Optional<KernelVersion> version = kernelVersion.map(TreeSelection::version);
    TreeSelection selection = tree.selection(version.isPresent(), console);
    settings = Settings.of(selection.tree());
    return new Check.Request(
        selection.tree(),
        selection.paths(),
        version.or(() -> settings.kernelVersion.map(Settings.From::value)),
        tree.arch(settings),
        Set.of(),
        false,
        tree.workers(),
        noCache ? Optional.empty() : CacheDirectory.of(console),
        settings.additions(),
        true);
  }

  /** Runs it, with a progress bar if somebody sees it. */
  Check.Analysis analyze(Check.Request request, Console console) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      return Check.analyze(request, display);
    } catch (ModelAdditions.UnknownNameException e) {
      throw settings.unknown(e);
    }
  }

  /** Says what was not read and, unless it shall be quiet, what else is worth knowing. */
  void sayWhatIsMissing(Check.Analysis analysis, Console console) {
    console.saySkipped(analysis.skipped());
    if (!quiet) {
      analysis.notes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
    }
  }
}
