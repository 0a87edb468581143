package org.gfplint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gfplint.change.Provenance;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.report.Baseline;
import org.gfplint.report.Excerpts;
import org.gfplint.report.Grouping;
import org.gfplint.report.LineHashes;
import org.gfplint.report.Maintainers;
import org.gfplint.report.Report;
import org.gfplint.report.SarifReport;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import org.gfplint.rules.RuleInfo;
import org.gfplint.source.KernelTree;
import org.gfplint.source.Overlay;
import org.gfplint.source.SkippedFileException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** gfplint check: analyses a tree and reports what it finds. */
@Command(
    name = "check",
    // Else picocli looks through all methods, and the annotations of Object's, in every run.
    addMethodSubcommands = false,
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Check a kernel tree, or some paths of it.",
    description = {
      "%nReads the whole tree, or the code of PATHs, follows masks and task scopes through calls, and"
          + " reports findings in PATHs. Once the tree was indexed (gfplint index), up to 50 files"
          + " are judged together with their callers and callees anywhere in the tree; other PATHs"
          + " are read with the headers they include. More of the tree means more"
          + " is known of the functions in between. Each finding is one line as compilers print it,"
          + " with the way there and the reasons indented below:%n",
      "  fs/foo/super.c:120:9: error: MESSAGE [GFP101 vmalloc-restricted]",
      "      1. fs/foo/super.c:98:2: in foo_fill_super(): ...",
      "      because: ... (4.10 to before 5.17, mm/vmalloc.c:...)%n",
      "Findings go to standard output, everything else to standard error. Two runs over the same"
          + " code print the same bytes."
    },
    footer = {
      "%nExamples:",
      "  gfplint check --tree linux-6.1 --fail-on error fs drivers/md",
      "  gfplint check --format text --format sarif -o gfplint.sarif",
      "                           findings on the screen and in a SARIF file",
      "  gfplint check --kernel-version 6.12 driver.c",
      "                           one file that lies outside of any kernel tree",
      "  gfplint check --format html -o report.html",
      "                           a page to read, search and hand out",
      "  gfplint check --staged   what the next commit would bring in",
      "  gfplint check --diff origin/main...topic",
      "                           what a branch brings in",
      "  gfplint check --confidence low --fail-on none mm",
      "                           everything suspected, only to read%n",
      "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage (no such path, no"
          + " kernel version, ...), 3 incomplete: internal error or a report not written. A file"
          + " that cannot be read is skipped with a line on standard error."
    })
final class CheckCommand implements Callable<Integer> {
  /** From which level on findings make the exit status 1. */
  enum FailOn {
    ERROR(Level.ERROR),
    WARNING(Level.WARNING),
    NOTE(Level.NOTE),
    NONE(null);

    private final Level threshold;

    FailOn(Level threshold) {
      this.threshold = threshold;
    }

    /** As options have it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean fails(Finding finding) {
      return threshold != null && finding.level().compareTo(threshold) <= 0;
    }
  }

  private final Console console;

  @Mixin private CheckOptions options = new CheckOptions();

  @Option(
      names = "--fail-on",
      order = 6,
      paramLabel = "LEVEL",
      description =
          "Lowest level that makes the exit status 1: error, warning, note or none. Default:"
              + " warning.")
  private Optional<FailOn> failOn;

  @ArgGroup private ChangeOptions change;

  @Option(
      names = "--baseline",
      order = 6,
      paramLabel = "FILE",
      description =
          "Report only what this baseline does not have (gfplint baseline create writes one).")
  private Optional<Path> baseline;

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  private List<Output> outputs = new ArrayList<>();

  @Option(
      names = "--group-by",
      order = 9,
      paramLabel = "WHAT",
      description =
          "Put findings together by maintainer (the nearest section of the tree's MAINTAINERS),"
              + " subsystem (directory) or rule. For text and md.")
  private Optional<Grouping.By> groupBy;

  @Option(
      names = "--category",
      order = 9,
      paramLabel = "NAME",
      description =
          "What tells this SARIF log from others of the same commit, as in x86 or fs: a host of code"
              + " reviews replaces an older log of the same category.")
  private Optional<String> category;

  @Option(
      names = "--color",
      order = 9,
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colour the text: auto (on a terminal, unless NO_COLOR is set), always or never."
              + " Default: ${DEFAULT-VALUE}.")
  private ColourMode colour;

  @Option(names = "--no-summary", hidden = true, description = "Notes, but no summary.")
  private boolean noSummary;

  private Excerpts excerpts = Excerpts.NONE;
  private LineHashes lineHashes = LineHashes.NONE;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Interruption interruption = Interruption.watch(console)) {
      options.until(interruption::isRequested);
      return call(interruption);
    }
  }

  private int call(Interruption interruption) {
    long start = System.nanoTime();
    Output.validate(outputs, console);
    if (groupBy.isPresent()
        && !outputs.isEmpty()
        && !outputs.stream().anyMatch(Output::hasGroups)) {
      throw new InputException("--group-by is for reports in text or md");
    }
    if (category.isPresent() && outputs.stream().noneMatch(Output::hasProvenance)) {
      throw new InputException("--category is for reports in sarif");
    }
    if (category.filter(String::isBlank).isPresent()) {
      throw new InputException("--category needs a name, as in --category x86");
    }
    Check.Request request = request();
    Maintainers maintainers = maintainers(request.tree());
    Settings settings = options.settings();
    List<RuleInfo> selected = options.rules();
    FailOn threshold =
        failOn.or(() -> settings.failOn.map(Settings.From::value)).orElse(Settings.DEFAULT_FAIL_ON);
    Optional<Baseline> known =
        baseline
            .map(f -> console.directory().resolve(f))
            .or(() -> settings.baseline(request.tree()))
            .map(BaselineCommand::read);
    Check.Result result = run(request);
    boolean complete = !interruption.isRequested();

    Report report =
        Report.of(
            result,
            options.sure(result),
            known,
            change == null && complete ? Coverage.of(request, result) : path -> false,
            selected,
            ToolVersion.number(),
            ExitCode.CLEAN);
    int exit =
        !complete
            ? ExitCode.INCOMPLETE
            : report.findings().stream().anyMatch(threshold::fails)
                ? ExitCode.FINDINGS
                : ExitCode.CLEAN;
    report = report.withExitCode(exit);
    Output.Layout layout =
        new Output.Layout(
            groupBy.map(by -> new Grouping(by, maintainers)),
            maintainers,
            excerpts,
            new SarifReport.Surroundings(lineHashes, provenance(request.tree()), category));
    console.saySkipped(result.skipped());
    for (Output output : outputs.isEmpty() ? List.of(Output.TEXT_ON_SCREEN) : outputs) {
      write(output, report, layout);
    }
    if (!options.quiet()) {
      result.allNotes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
      if (!noSummary) {
        console.say(summary(report, (System.nanoTime() - start) / 1e9));
      }
    }
    return exit;
  }

  private Check.Request request() {
    Check.Request request =
        change == null
            ? options.request(console)
            : options.request(console, tree -> change.settings(tree, console));
    return outputs.stream().anyMatch(Output::hasFixes) ? request : request.withoutFixes();
  }

  private Check.Result run(Check.Request request) {
    if (change != null) {
      return options.run(
          request, change, console, (files, result) -> readSource(request, files, result));
    }
    Check.Result result = options.run(request, console);
    readSource(request, Overlay.NONE, result);
    return result;
  }

  /** What reports show or say of the source, while it can be read. */
  private void readSource(Check.Request request, Overlay files, Check.Result result) {
    if (outputs.stream().anyMatch(Output::hasExcerpts)) {
      excerpts = Excerpts.of(KernelTree.open(request.tree()).with(files), options.sure(result));
    }
    if (outputs.stream().anyMatch(Output::hasProvenance)) {
      lineHashes = LineHashes.of(KernelTree.open(request.tree()).with(files), options.sure(result));
    }
  }

  private Optional<Provenance> provenance(Path tree) {
    if (outputs.stream().noneMatch(Output::hasProvenance)) {
      return Optional.empty();
    }
    return Provenance.of(
        tree, Optional.ofNullable(change).flatMap(ChangeOptions::revision), console.environment());
  }

  private Maintainers maintainers(Path tree) {
    boolean wanted = groupBy.filter(Grouping.By.MAINTAINER::equals).isPresent();
    Maintainers maintainers = Maintainers.NONE;
    if (wanted || outputs.stream().anyMatch(Output::hasMaintainers)) {
      try {
        maintainers = Maintainers.of(tree);
      } catch (SkippedFileException e) {
        throw new InputException(
            "cannot read MAINTAINERS: " + TerminalText.escape(e.skipped().reason()));
      }
    }
    if (wanted && maintainers.isEmpty()) {
      throw new InputException(
          "--group-by maintainer: no sections of a MAINTAINERS file in "
              + TerminalText.escape(tree.toString()));
    }
    return maintainers;
  }

  private void write(Output output, Report report, Output.Layout layout) {
    try {
      output.write(report, layout, console, colour);
    } catch (IOException e) {
      throw new OutputFailure(output.destination(), e);
    }
  }

  private String summary(Report report, double seconds) {
    Check.Statistics figures = report.result().statistics();
    StringBuilder line = new StringBuilder("kernel " + report.result().version() + ": ");
    line.append(count(figures.files(), "file")).append(", ");
    line.append(count(figures.functions(), "function"));
    if (figures.bounded() > 0) {
      line.append(" (not all paths of ").append(figures.bounded()).append(")");
    }
    line.append(", ");
    line.append(count(figures.calls(), "call")).append(", ");
    line.append(count(figures.allocations(), "allocation")).append(", ");
    line.append(count(report.findings().size(), "finding"));
    String byLevel =
        List.of(Level.values()).stream()
            .map(level -> countOf(report, level))
            .filter(text -> !text.startsWith("0 "))
            .collect(Collectors.joining(", "));
    if (!byLevel.isEmpty()) {
      line.append(" (").append(byLevel).append(')');
    }
    report
        .known()
        .ifPresent(known -> line.append(", ").append(known.size()).append(" known before"));
    if (!report.gone().isEmpty()) {
      line.append(", ").append(report.gone().size()).append(" of the baseline gone");
    }
    if (!report.suppressed().isEmpty()) {
      line.append(", ").append(report.suppressed().size()).append(" ignored by comments");
    }
    int unsure = report.result().findings().size() - report.all().size();
    if (unsure > 0) {
      line.append(" and ").append(unsure).append(" less sure (see --confidence)");
    }
    if (!report.result().skipped().isEmpty()) {
      line.append(", ").append(count(report.result().skipped().size(), "file")).append(" skipped");
    }
    return line + String.format(Locale.ROOT, ", %.1f s", seconds);
  }

  private static String countOf(Report report, Level level) {
    return count(report.findings().stream().filter(f -> f.level() == level).count(), level.label());
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
