package org.gfplint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.model.KernelVersion;
import org.gfplint.rules.ChangeCheck;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that looks for findings, and the run that comes of it. */
final class CheckOptions {
  @Mixin private TreeOptions tree = new TreeOptions();

  @Option(
      names = "--kernel-version",
      order = 2,
      paramLabel = "VERSION",
      description =
          "Judge as if the code ran on this version, as in 5.15. Default: the version in the"
              + " tree's Makefile.")
  private Optional<String> kernelVersion;

  @Option(
      names = "--rt",
      order = 3,
      description = "Judge as a PREEMPT_RT kernel: what spin_lock() and others mean there.")
  private boolean realtime;

  @Option(
      names = {"--rules", "--rule"},
      order = 4,
      paramLabel = "RULE",
      split = ",",
      description = "Run only these rules: names or ids, separated by commas. Default: all.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--confidence",
      order = 5,
      paramLabel = "LEVEL",
      defaultValue = "high",
      description =
          "Take findings of at least this confidence: high, medium or low. Default:"
              + " ${DEFAULT-VALUE}.")
  private Confidence confidence;

  @Option(
      names = "--no-cache",
      order = 21,
      description =
          "Neither use nor keep what was read from files before (docs/cache.md). The findings are"
              + " the same.")
  private boolean noCache;

  @Option(
      names = {"-q", "--quiet"},
      order = 22,
      description = "No progress bar, notes or summary; only findings, skipped files and errors.")
  private boolean quiet;

  @Option(
      names = "--debug",
      order = 23,
      description = "On an internal error print where in gfplint it happened.")
  private boolean debug;

  /** The rules to run. */
  List<RuleInfo> rules() {
    return RuleSelection.of(rules);
  }

  boolean quiet() {
    return quiet;
  }

  boolean debug() {
    return debug;
  }

  /** The run that they ask for. */
  Check.Request request(Console console) {
    Optional<KernelVersion> version = kernelVersion.map(TreeSelection::version);
    TreeSelection selection = tree.selection(version.isPresent(), console);
    return new Check.Request(
        selection.tree(),
        selection.paths(),
        version,
        tree.arch(),
        rules().stream().map(RuleInfo::id).collect(Collectors.toSet()),
        realtime,
        tree.workers(),
        noCache ? Optional.empty() : CacheDirectory.of(console));
  }

  /** Runs it, with a progress bar if somebody sees it. */
  Check.Result run(Check.Request request, Console console) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      return Check.run(request, display);
    }
  }

  /** Runs it for what a change brings in. */
  Check.Result run(Check.Request request, ChangeOptions change, Console console) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      return change.with(
          request.tree(), console, changes -> ChangeCheck.run(request, changes, display));
    }
  }

  /** The findings that are sure enough. */
  List<Finding> sure(Check.Result result) {
    return result.findings().stream()
        .filter(f -> f.confidence().compareTo(confidence) <= 0)
        .toList();
  }
}
