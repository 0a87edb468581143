package org.gfplint.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fix;
import org.gfplint.fix.EditedText;
import org.gfplint.report.Patch;
import org.gfplint.report.ReportFile;
import org.gfplint.report.StagedFile;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import org.gfplint.rules.Rules;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** gfplint fix: changes the source where that is mechanical. */
@Command(
    name = "fix",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Print patches for what can be put right mechanically.",
    description = {
      "%nChecks as 'gfplint check' does and prints a unified diff, against the tree as it is, that"
          + " 'git apply' and 'patch -p1' take. Lines before each diff say what it does and why:"
          + " a patch is a proposal to read, not a verdict (docs/fixing.md).%n",
      "Findings whose repair takes thought, and code of a form that cannot be changed safely, get"
          + " no patch; standard error says how many."
    },
    footer = {
      "%nExamples:",
      "  gfplint fix fs/foo | git apply",
      "  gfplint fix --rule vmalloc-restricted --kernel-version 4.16 --per finding -o patches fs",
      "                           a file for each finding, to pick from",
      "  gfplint fix --apply fs/foo/super.c",
      "                           change the file itself%n",
      "Exit status: 0 done, also if there was nothing to fix, 2 wrong usage, 3 incomplete: internal"
          + " error, or something not written (then --apply has changed no file)."
    })
final class FixCommand implements Callable<Integer> {
  /** What one patch holds. */
  enum Per {
    FILE,
    FINDING
  }

  private final Console console;

  @Mixin private CheckOptions options = new CheckOptions();

  @Option(
      names = "--per",
      order = 6,
      paramLabel = "WHAT",
      defaultValue = "file",
      description =
          "One patch for each file, or for each finding. Default: ${DEFAULT-VALUE}. On standard"
              + " output patches follow one another so that all of it applies; files of -o stand"
              + " each for itself.")
  private Per per;

  @Option(
      names = {"-o", "--output"},
      order = 7,
      paramLabel = "DIRECTORY",
      description =
          "Write each patch to a file there, named and numbered; the directory is made if need be."
              + " Default: all to standard output.")
  private Optional<Path> directory;

  @Option(
      names = "--apply",
      order = 8,
      description = "Change the files themselves, all of them or none, and print no patch.")
  private boolean apply;

  FixCommand(Console console) {
    this.console = console;
  }

  /** A file and what it becomes. */
  private static final class Target {
    final Path file;
    final byte[] before;
    final EditedText edited;
    final List<String> heading = new ArrayList<>();

    Target(Path file, byte[] before) {
      this.file = file;
      this.before = before;
      this.edited = new EditedText(before);
    }
  }

  /** A patch and the words that name its file. */
  private record NamedPatch(String name, byte[] text) {}

  /** How often what came of findings. */
  private static final class Tally {
    int fixed;
    int along;
    int overlapping;
    final Map<String, Integer> without = new TreeMap<>();
  }

  @Override
  public Integer call() {
    if (apply && directory.isPresent()) {
      throw new InputException("give either --apply or -o: --apply prints no patches");
    }
    Check.Request request = options.request(console);
    Check.Result result = options.run(request, console);
    console.saySkipped(result.skipped());

    Map<String, Target> targets = new LinkedHashMap<>();
    List<NamedPatch> patches = new ArrayList<>();
    Tally tally = new Tally();
    for (Finding finding : options.sure(result)) {
      if (finding.suppression().isPresent()) {
        continue;
      }
      if (finding.fixes().isEmpty()) {
        tally.without.merge(rule(finding), 1, Integer::sum);
      } else {
        String path = finding.location().path();
        Target target = targets.computeIfAbsent(path, p -> target(request.tree(), p));
        add(finding, target, patches, tally);
      }
    }
    if (per == Per.FILE) {
      targets.forEach(
          (path, target) ->
              patches.add(
                  new NamedPatch(
                      path, Patch.of(path, target.heading, target.before, target.edited.bytes()))));
    }
    if (apply) {
      replace(targets.values().stream().toList());
    } else if (directory.isPresent()) {
      save(patches, console.directory().resolve(directory.get()));
    } else {
      print(patches);
    }
    if (!options.quiet()) {
      result.allNotes().forEach(note -> console.say("note: " + TerminalText.escape(note)));
      summarise(tally, patches.size(), targets.size());
    }
    return ExitCode.CLEAN;
  }

  private static Target target(Path tree, String path) {
    Path file = tree.resolve(path);
    try {
      return new Target(file, new SourceFile(path, file, 0).read());
    } catch (SkippedFileException e) {
      throw new OutputFailure("the fix of " + TerminalText.escape(path), new IOException(e));
    }
  }

  private void add(Finding finding, Target target, List<NamedPatch> patches, Tally tally) {
    String path = finding.location().path();
    String place = path + ":" + finding.location().line();
    Fix fix = finding.fixes().get(0);
    byte[] before = target.edited.bytes();
    switch (target.edited.add(fix)) {
      case ADDED -> {
        List<String> heading =
            List.of(
                place + ": " + rule(finding) + ": " + finding.message() + ".",
                fix.description() + ".");
        target.heading.addAll(heading);
        tally.fixed++;
        if (per == Per.FINDING) {
          patches.add(
              new NamedPatch(
                  rule(finding) + "-" + place,
                  directory.isPresent()
                      ? alone(path, heading, target, fix)
                      : Patch.of(path, heading, before, target.edited.bytes())));
        }
      }
      case THERE_ALREADY -> tally.along++;
      case OVERLAPS -> {
        tally.overlapping++;
        console.say(
            TerminalText.escape(place)
                + ": not fixed "
                + rule(finding)
                + ": another fix changes the same code; run again on what comes of it");
      }
    }
  }

  /** A patch against the tree as it is, whatever other patches do. */
  private static byte[] alone(String path, List<String> heading, Target target, Fix fix) {
    EditedText only = new EditedText(target.before);
    only.add(fix);
    return Patch.of(path, heading, target.before, only.bytes());
  }

  private static String rule(Finding finding) {
    return Rules.find(finding.ruleId()).orElseThrow().info().name();
  }

  private void print(List<NamedPatch> patches) {
    try {
      OutputStream out = new BufferedOutputStream(console.out());
      for (NamedPatch patch : patches) {
        out.write(patch.text());
      }
      out.flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
  }

  private void save(List<NamedPatch> patches, Path into) {
    String shown = TerminalText.escape(directory.orElseThrow().toString());
    try {
      Files.createDirectories(into);
    } catch (IOException e) {
      String reason = Files.exists(into) ? "it is a file" : ReportFile.reason(e);
      throw new InputException("cannot make the directory " + shown + ": " + reason);
    }
    int number = 1;
    for (NamedPatch patch : patches) {
      String name =
          String.format("%04d-%s.patch", number, patch.name().replaceAll("[^A-Za-z0-9._-]+", "-"));
      try (StagedFile staged =
          StagedFile.create(into.resolve(name), out -> out.write(patch.text()))) {
        staged.commit();
      } catch (IOException e) {
        throw new OutputFailure(shown + "/" + name, e);
      }
      number++;
    }
  }

  /** Everything is written beside the files before the first of them is replaced. */
  private static void replace(List<Target> targets) {
    List<StagedFile> staged = new ArrayList<>();
    List<Target> replaced = new ArrayList<>();
    Target current = null;
    try {
      for (Target target : targets) {
        current = target;
        if (!Arrays.equals(Files.readAllBytes(target.file), target.before)) {
          throw new IOException("it was changed in the meantime");
        }
        staged.add(StagedFile.create(target.file, out -> out.write(target.edited.bytes())));
      }
      for (int i = 0; i < targets.size(); i++) {
        current = targets.get(i);
        staged.get(i).commit();
        replaced.add(current);
      }
    } catch (IOException e) {
      replaced.forEach(FixCommand::putBack);
      throw new OutputFailure(
          TerminalText.escape(current.file.toString()) + " (no file was changed)", e);
    } finally {
      staged.forEach(FixCommand::drop);
    }
  }

  private static void putBack(Target target) {
    try (StagedFile old = StagedFile.create(target.file, out -> out.write(target.before))) {
      old.commit();
    } catch (IOException e) {
      throw new OutputFailure("back " + TerminalText.escape(target.file.toString()), e);
    }
  }

  private static void drop(StagedFile staged) {
    try {
      staged.close();
    } catch (IOException e) {
      throw new OutputFailure("a temporary file", e);
    }
  }

  private void summarise(Tally tally, int patches, int files) {
    StringBuilder line = new StringBuilder();
    line.append(count(tally.fixed, "finding")).append(" fixed in ").append(count(files, "file"));
    if (!apply) {
      line.append(" by ").append(count(patches, "patch", "patches"));
    }
    if (tally.along > 0) {
      line.append(", ").append(tally.along).append(" more by the same changes");
    }
    if (tally.overlapping > 0) {
      line.append(", ").append(tally.overlapping).append(" left out");
    }
    console.say(line.toString());
    if (!tally.without.isEmpty()) {
      List<String> rules = new ArrayList<>();
      tally.without.forEach((rule, n) -> rules.add(n + " " + rule));
      int all = tally.without.values().stream().mapToInt(Integer::intValue).sum();
      console.say(
          "no mechanical fix for " + count(all, "finding") + ": " + String.join(", ", rules));
    }
  }

  private static String count(int n, String what) {
    return count(n, what, what + "s");
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
