package org.gfplint.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAdditions;
import org.gfplint.rules.ChangeCheck;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import org.gfplint.rules.RuleInfo;
import org.gfplint.source.Overlay;
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
      description =
          "Take findings of at least this confidence: high, medium or low. Default: high.")
  private Optional<Confidence> confidence;

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

  @Option(
      names = "--no-config",
      order = 21,
      description = "Leave the settings in the tree's .gfplint.yaml aside (docs/configuration.md).")
  private boolean noConfig;

  private Settings settings = Settings.none();
  private BooleanSupplier stopped = () -> false;

  /**
   * Lets somebody end the run.
   *
   * @param stop asked now and then, from any thread
   */
  void until(BooleanSupplier stop) {
    stopped = stop;
  }

  /** The rules to run, once the request is made. */
  List<RuleInfo> rules() {
    return rules.isEmpty() ? settings.activeRules() : RuleSelection.of(rules);
  }

  /** Those of the tree, once the request is made. */
  Settings settings() {
    return settings;
  }

  boolean quiet() {
    return quiet;
  }

  /** The run that they ask for. */
  Check.Request request(Console console) {
    return request(console, Settings::of);
  }

  /**
   * The same with other settings than those on disk.
   *
   * @param settingsOf gives those of the tree
   */
  Check.Request request(Console console, Function<Path, Settings> settingsOf) {
    // A mistake in the command is said before one in its surroundings.
    RuleSelection.of(rules);
    Optional<KernelVersion> version = kernelVersion.map(TreeSelection::version);
    TreeSelection selection = tree.selection(version.isPresent(), console);
    settings = noConfig ? Settings.none() : settingsOf.apply(selection.tree());
    if (rules().isEmpty()) {
      throw new InputException(Settings.FILE + " turns every rule off");
    }
    return new Check.Request(
        selection.tree(),
        selection.paths(),
        version.or(() -> settings.kernelVersion.map(Settings.From::value)),
        tree.arch(settings),
        rules().stream().map(RuleInfo::id).collect(Collectors.toSet()),
        realtime || settings.realtime.map(Settings.From::value).orElse(false),
        tree.workers(),
        noCache ? Optional.empty() : CacheDirectory.of(console),
        settings.additions(),
        true);
  }

  /** Runs it, with a progress bar if somebody sees it. */
  Check.Result run(Check.Request request, Console console) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet).until(stopped)) {
      return Check.run(request, display);
    } catch (ModelAdditions.UnknownNameException e) {
      throw settings.unknown(e);
    }
  }

  /** Runs it for what a change brings in. */
  Check.Result run(Check.Request request, ChangeOptions change, Console console) {
    return run(request, change, console, (files, result) -> {});
  }

  /**
   * Runs it for what a change brings in.
   *
   * @param then sees the files as they are after the change, while they can be read
   */
  Check.Result run(
      Check.Request request,
      ChangeOptions change,
      Console console,
      BiConsumer<Overlay, Check.Result> then) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet).until(stopped)) {
      return change.with(
          request.tree(),
          console,
          changes -> {
            Check.Result result = ChangeCheck.run(request, changes, display);
            then.accept(changes.after().files(), result);
            return result;
          });
    } catch (ModelAdditions.UnknownNameException e) {
      throw settings.unknown(e);
    }
  }

  /** The findings that are sure enough and lie where the settings say, at their level. */
  List<Finding> sure(Check.Result result) {
    Confidence least =
        confidence
            .or(() -> settings.confidence.map(Settings.From::value))
            .orElse(Settings.DEFAULT_CONFIDENCE);
    Predicate<String> reported = settings.reported();
    return result.findings().stream()
        .filter(f -> f.confidence().compareTo(least) <= 0)
        .filter(f -> reported.test(f.location().path()))
        .map(settings::levelled)
        .toList();
  }
}
