package org.gfplint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.gfplint.finding.Finding;
import org.gfplint.report.Baseline;
import org.gfplint.report.ReportFile;
import org.gfplint.report.StagedFile;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import org.gfplint.rules.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** gfplint baseline: findings that are known. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    header = "Keep a list of findings that are known, to see only new ones.",
    description = {
      "%nA baseline is a file of JSON with a finding on each line. 'gfplint check --baseline FILE'"
          + " reports what it does not have. Findings are compared by fingerprint: they stay known"
          + " when lines move or locals are renamed, not when the call or its mask changes."
    },
    footer = {
      "%nExamples:",
      "  gfplint baseline create                     write .gfplint-baseline.json in the tree",
      "  gfplint check --baseline .gfplint-baseline.json",
      "  gfplint baseline update --shrink            take out what was put right, add nothing%n",
      "Exit status: 0 done, 2 wrong usage, 3 incomplete or internal error."
    })
final class BaselineCommand implements Runnable {
  private static final String FILE_DESCRIPTION =
      "The baseline. Default: " + Baseline.FILE + " in the tree.";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: 'gfplint baseline create', 'update' or 'show'");
  }

  /**
   * Reads a baseline.
   *
   * @throws InputException if it cannot be read
   */
  static Baseline read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "there is no baseline " + shown(file) + " (gfplint baseline create makes one)");
    }
    try {
      return Baseline.read(file);
    } catch (IOException e) {
      throw new InputException(
          "cannot use the baseline "
              + shown(file)
              + ": "
              + TerminalText.escape(ReportFile.reason(e)));
    }
  }

  private static void write(Baseline baseline, Path file) {
    try (StagedFile staged = StagedFile.create(file, baseline::write)) {
      staged.commit();
    } catch (IOException e) {
      throw new OutputFailure(shown(file), e);
    }
  }

  private static String shown(Path file) {
    return TerminalText.escape(file.toString());
  }

  private static String count(long n) {
    return n + (n == 1 ? " finding" : " findings");
  }

  /** What create and update have in common. */
  private abstract static class Writing implements Callable<Integer> {
    final Console console;

    @Mixin CheckOptions options = new CheckOptions();

    @Option(names = "--baseline", order = 6, paramLabel = "FILE", description = FILE_DESCRIPTION)
    Optional<Path> file;

    Writing(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Check.Request request = options.request(console);
      Path path =
          file.or(() -> options.settings().baseline(request.tree()))
              .map(f -> console.directory().resolve(f))
              .orElse(request.tree().resolve(Baseline.FILE));
      prepare(path);
      Check.Result result = options.run(request, console);
      console.saySkipped(result.skipped());
      Baseline found =
          Baseline.of(
              options.sure(result).stream()
                  .filter((Finding f) -> f.suppression().isEmpty())
                  .toList());
      String done = keep(path, found, Coverage.of(request, result));
      if (!options.quiet()) {
        result.allNotes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
        console.say(done);
      }
      return ExitCode.CLEAN;
    }

    /** Finds out what would go wrong before the analysis. */
    abstract void prepare(Path path);

    /** Writes the file; says what was done. */
    abstract String keep(Path path, Baseline found, Predicate<String> covered);
  }

  /** gfplint baseline create. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      parameterListHeading = "%nParameters:%n",
      header = "Check, and write what is found to a new baseline.",
      footer = {
        "%nExamples:",
        "  gfplint baseline create",
        "  gfplint baseline create --confidence medium fs",
        "%nExit status: 0 done, 2 wrong usage or the file is there, 3 incomplete."
      })
  static final class Create extends Writing {
    private Baseline none = new Baseline(java.util.List.of());

    Create(Console console) {
      super(console);
    }

    @Override
    void prepare(Path path) {
      if (Files.exists(path)) {
        throw new InputException(
            shown(path) + " is there already; gfplint baseline update changes it");
      }
    }

    @Override
    String keep(Path path, Baseline found, Predicate<String> covered) {
      Baseline next = none.after(found, covered, true);
      write(next, path);
      return count(next.entries().size()) + " in " + shown(path);
    }
  }

  /** gfplint baseline update. */
  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      parameterListHeading = "%nParameters:%n",
      header = "Check, and bring a baseline up to date.",
      description = "%nOf what lies outside of PATHs the baseline stays as it is.",
      footer = {
        "%nExamples:",
        "  gfplint baseline update --shrink    after something was put right",
        "  gfplint baseline update fs/ext4     of this directory, what is found now",
        "%nExit status: 0 done, 2 wrong usage or no such file, 3 incomplete."
      })
  static final class Update extends Writing {
    @Option(
        names = "--shrink",
        order = 7,
        description = "Only take out what is no longer found; what is new stays new.")
    private boolean shrink;

    private Baseline before;

    Update(Console console) {
      super(console);
    }

    @Override
    void prepare(Path path) {
      before = read(path);
    }

    @Override
    String keep(Path path, Baseline found, Predicate<String> covered) {
      Baseline next = before.after(found, covered, !shrink);
      write(next, path);
      return count(next.entries().size())
          + " in "
          + shown(path)
          + ": "
          + next.without(before)
          + " added, "
          + before.without(next)
          + " gone";
    }
  }

  /** gfplint baseline show. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      header = "Print what a baseline holds.",
      footer = {
        "%nExamples:",
        "  gfplint baseline show",
        "  gfplint baseline show --baseline old.json | grep '^fs/ext4/'",
        "%nExit status: 0 done, 2 wrong usage or no such file."
      })
  static final class Show implements Callable<Integer> {
    private final Console console;

    @Option(
        names = "--tree",
        order = 1,
        paramLabel = "DIR",
        description = "The kernel tree. Default: the one that you are in.")
    private Optional<Path> tree;

    @Option(names = "--baseline", order = 6, paramLabel = "FILE", description = FILE_DESCRIPTION)
    private Optional<Path> file;

    @Spec private CommandSpec spec;

    Show(Console console) {
      this.console = console;
    }

    private Path fileOfTree() {
      Path root = TreeSelection.of(tree, java.util.List.of(), true, console.directory()).tree();
      return Settings.of(root).baseline(root).orElse(root.resolve(Baseline.FILE));
    }

    @Override
    public Integer call() {
      Path path = file.map(f -> console.directory().resolve(f)).orElseGet(this::fileOfTree);
      Baseline baseline = read(path);
      Map<String, Integer> rules = new TreeMap<>();
      StringBuilder text = new StringBuilder();
      for (Baseline.Entry e : baseline.entries()) {
        String rule = e.rule() + Rules.find(e.rule()).map(r -> " " + r.info().name()).orElse("");
        rules.merge(rule, 1, Integer::sum);
        text.append(TerminalText.escape(e.path() + ": " + e.function() + "(): " + e.message()))
            .append(" [")
            .append(TerminalText.escape(rule))
            .append("]\n");
      }
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      StringBuilder line = new StringBuilder(count(baseline.entries().size()));
      String separator = ": ";
      for (Map.Entry<String, Integer> rule : rules.entrySet()) {
        line.append(separator).append(rule.getValue()).append(' ').append(rule.getKey());
        separator = ", ";
      }
      console.say(TerminalText.escape(line.toString()));
      return ExitCode.CLEAN;
    }
  }
}
