package org.gfplint.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gfplint.facts.ParseRun;
import org.gfplint.facts.ParseRun.ParsedFunction;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SourceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** gfplint parse: how fast and how well the parser reads a tree. */
@Command(
    name = "parse",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Parse without analysing, and print statistics.",
    description = {
      "%nReads every file of PATHs, or of the whole tree, rewrites its macros, parses it and walks"
          + " its syntax, as 'gfplint check' does, and makes nothing of it: the floor that the time"
          + " of a check is compared with.%n",
      "Statistics go to standard output; with --errors or --functions as text the list goes there"
          + " and the statistics to standard error."
    },
    footer = {
      "%nExamples:",
      "  gfplint parse --tree linux-6.1 --format json",
      "  gfplint parse --errors fs        functions that are not fully understood",
      "  gfplint parse --functions mm     path:line-endline: name of every function%n",
      "Exit status: 0 parsed, 2 wrong usage, 3 internal error. A file that cannot be read is"
          + " skipped with a line on standard error."
    })
final class ParseCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;
  private Input input;

  @Mixin private TreeOptions options = new TreeOptions();

  @Option(
      names = "--errors",
      order = 4,
      description = "List the functions that contain a parse error, as path:line: name.")
  private boolean errors;

  @Option(
      names = "--functions",
      order = 5,
      description =
          "List all functions, as path:line-endline: name; the lines are those of the name and of"
              + " the closing brace.")
  private boolean functions;

  @Option(
      names = "--format",
      order = 6,
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json: one object that holds the lists too. Default: text.")
  private Format format;

  @Option(
      names = {"-q", "--quiet"},
      order = 22,
      description = "No progress bar; with a list as text no statistics either.")
  private boolean quiet;

  ParseCommand(Console console) {
    this.console = console;
  }

  /**
   * What to parse.
   *
   * @param start System.nanoTime() before files were looked for
   * @param cpu CPU time of the process by then
   */
  private record Input(
      KernelTree tree,
      ArchSelection arch,
      KernelTree.Discovery discovery,
      long start,
      Duration cpu) {}

  /** What a run took, from looking for files on. */
  private record Outcome(
      ParseRun.Statistics statistics,
      List<SkippedFile> skipped,
      String core,
      int threads,
      double seconds,
      double cpuSeconds) {
    double megabytesPerSecond() {
      return statistics.bytes() / 1e6 / seconds;
    }
  }

  @Override
  public Integer call() {
    if (errors && functions) {
      throw new InputException("give either --errors or --functions");
    }
    int workers = options.workers();
    input = input();
    try (OutputStream out = new BufferedOutputStream(console.out(), 1 << 16)) {
      if (format == Format.JSON) {
        writeJson(out, workers);
      } else {
        writeText(out, workers);
      }
    } catch (UncheckedIOException e) {
      throw new OutputFailure("standard output", e.getCause());
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }

  private Input input() {
    long start = System.nanoTime();
    Duration cpu = cpuTime();
    TreeSelection selection = options.selection(true, console);
    try {
      KernelTree kernel = KernelTree.open(selection.tree());
      ArchSelection selected = ArchSelection.parse(options.arch());
      KernelTree.Discovery discovery =
          selection.paths().isEmpty()
              ? kernel.discover(selected)
              : kernel.discover(selection.paths(), selected);
      return new Input(kernel, selected, discovery, start, cpu);
    } catch (SourceException | IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  private Outcome parse(int workers, ParseRun.Listener listener) {
    try (ProgressDisplay display = ProgressDisplay.of(console, quiet)) {
      return parse(workers, listener, display);
    }
  }

  private Outcome parse(int workers, ParseRun.Listener listener, ProgressDisplay display) {
    display.phase("parsing", input.discovery().files().size());
    MacroDictionary dictionary = MacroDictionary.of(input.tree(), input.arch());
    ParseRun.Statistics statistics =
        ParseRun.run(input.discovery().files(), dictionary, workers, listener, display::step);
    double seconds = (System.nanoTime() - input.start()) / 1e9;
    double cpuSeconds = cpuTime().minus(input.cpu()).toMillis() / 1e3;
    List<SkippedFile> skipped = new ArrayList<>(input.discovery().skipped());
    skipped.addAll(statistics.skipped());
    skipped.sort(Comparator.comparing(SkippedFile::path));
    console.saySkipped(skipped);
    return new Outcome(statistics, skipped, ParseRun.core(), workers, seconds, cpuSeconds);
  }

  /** Of the whole process, user and system; zero where the system does not say. */
  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  // ---- text

  private void writeText(OutputStream out, int workers) throws IOException {
    boolean list = errors || functions;
    Outcome outcome = parse(workers, list ? (path, found) -> list(out, path, found) : null);
    if (!list) {
      out.write(table(outcome).getBytes(StandardCharsets.UTF_8));
    } else if (!quiet) {
      out.flush();
      console.err().print(table(outcome));
    }
  }

  private void list(OutputStream out, String path, List<ParsedFunction> found) {
    StringBuilder lines = new StringBuilder();
    for (ParsedFunction function : found) {
      if (functions || function.hasError()) {
        lines.append(TerminalText.escape(path)).append(':').append(function.line());
        if (functions) {
          lines.append('-').append(function.endLine());
        }
        lines.append(": ").append(TerminalText.escape(function.name())).append('\n');
      }
    }
    try {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table(Outcome outcome) {
    ParseRun.Statistics figures = outcome.statistics();
    return String.format(
        Locale.ROOT,
        """
        files             %,14d
        bytes             %,14d
        functions         %,14d
          with errors     %,14d   (%.3f %%)
        errors elsewhere  %,14d
        files skipped     %,14d
        parser core       %s
        threads           %14d
        seconds           %14.2f
        CPU seconds       %14.2f
        MB/s              %14.2f
        """,
        figures.files(),
        figures.bytes(),
        figures.functions(),
        figures.functionsWithErrors(),
        figures.functions() == 0 ? 0 : 100.0 * figures.functionsWithErrors() / figures.functions(),
        figures.errorsElsewhere(),
        outcome.skipped().size(),
        String.format("%14s", TerminalText.escape(outcome.core())),
        outcome.threads(),
        outcome.seconds(),
        outcome.cpuSeconds(),
        outcome.megabytesPerSecond());
  }

  // ---- JSON

  private void writeJson(OutputStream out, int workers) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      Outcome outcome;
      if (errors || functions) {
        json.writeArrayFieldStart(errors ? "errors" : "functionList");
        outcome = parse(workers, (path, found) -> list(json, path, found));
        json.writeEndArray();
      } else {
        outcome = parse(workers, null);
      }
      ParseRun.Statistics figures = outcome.statistics();
      json.writeNumberField("files", figures.files());
      json.writeNumberField("bytes", figures.bytes());
      json.writeNumberField("functions", figures.functions());
      json.writeNumberField("functionsWithErrors", figures.functionsWithErrors());
      json.writeNumberField("errorsElsewhere", figures.errorsElsewhere());
      json.writeNumberField("skipped", outcome.skipped().size());
      json.writeStringField("core", outcome.core());
      json.writeNumberField("threads", outcome.threads());
      json.writeNumberField("seconds", rounded(outcome.seconds()));
      json.writeNumberField("cpuSeconds", rounded(outcome.cpuSeconds()));
      json.writeNumberField("megabytesPerSecond", rounded(outcome.megabytesPerSecond()));
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void list(JsonGenerator json, String path, List<ParsedFunction> found) {
    try {
      for (ParsedFunction function : found) {
        if (functions || function.hasError()) {
          json.writeStartObject();
          json.writeStringField("path", path);
          json.writeNumberField("line", function.line());
          json.writeNumberField("endLine", function.endLine());
          json.writeStringField("name", function.name());
          json.writeBooleanField("hasError", function.hasError());
          json.writeEndObject();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
