package org.gfplint.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gfplint.report.CsvReport;
import org.gfplint.report.Excerpts;
import org.gfplint.report.Grouping;
import org.gfplint.report.HtmlReport;
import org.gfplint.report.JsonReport;
import org.gfplint.report.Maintainers;
import org.gfplint.report.MarkdownReport;
import org.gfplint.report.Report;
import org.gfplint.report.ReportFile;
import org.gfplint.report.ReportWriter;
import org.gfplint.report.SarifReport;
import org.gfplint.report.TerminalText;
import org.gfplint.report.TextReport;
import org.gfplint.rules.InputException;
import picocli.CommandLine.Option;

/** One report of a run: its form, and where it goes. */
final class Output {
  /** What a run writes that was not told. */
  static final Output TEXT_ON_SCREEN = new Output();

  /**
   * What reports go by besides what was found.
   *
   * @param grouping what the user wants findings put together by
   * @param maintainers of the tree
   * @param excerpts of its files
   * @param surroundings for SARIF
   */
  record Layout(
      Optional<Grouping> grouping,
      Maintainers maintainers,
      Excerpts excerpts,
      SarifReport.Surroundings surroundings) {}

  enum Format {
    TEXT,
    SARIF,
    JSON,
    CSV,
    MD,
    HTML
  }

  /** The formats as they are typed. */
  static final class FormatWords extends ArrayList<String> {
    FormatWords() {
      super(Stream.of(Format.values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList());
    }
  }

  @Option(
      names = "--format",
      order = 7,
      paramLabel = "FORMAT",
      required = true,
      completionCandidates = FormatWords.class,
      description = "Form of the report: text, sarif, json, csv, md or html. Default: text.")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      order = 8,
      paramLabel = "FILE",
      description =
          "Where the report of the --format before it goes. Default: standard output. Several"
              + " pairs give several reports; a FILE holds a whole report or is left alone.")
  private Path file;

  /**
   * Finds out what would make the reports fail before the analysis starts.
   *
   * @throws InputException if two reports would mix, or one could not be written
   */
  static void validate(List<Output> outputs, Console console) {
    Set<Path> taken = new HashSet<>();
    boolean screen = false;
    for (Output output : outputs) {
      if (output.file == null) {
        if (screen) {
          throw new InputException(
              "two reports would go to standard output; give all but one a file, as in"
                  + " --format sarif -o report.sarif");
        }
        screen = true;
        continue;
      }
      Path path = output.path(console);
      if (!taken.add(path.normalize())) {
        throw new InputException("two reports would go to " + output.destination());
      }
      try {
        new ReportFile(path).checkWritable();
      } catch (IOException e) {
        throw new InputException(
            "cannot write " + output.destination() + ": " + TerminalText.escape(e.getMessage()));
      }
    }
  }

  /** Whether findings can stand in groups there. */
  boolean hasGroups() {
    return format == Format.TEXT || format == Format.MD;
  }

  /** Whether the report says how to put findings right. */
  boolean hasFixes() {
    return format == Format.SARIF || format == Format.JSON || format == Format.HTML;
  }

  /** Whether the report shows source. */
  boolean hasExcerpts() {
    return format == Format.HTML;
  }

  /** Whether the report says where the code comes from. */
  boolean hasProvenance() {
    return format == Format.SARIF;
  }

  /** Whether the report names sections of MAINTAINERS, whatever the groups. */
  boolean hasMaintainers() {
    return format == Format.JSON || format == Format.CSV || hasExcerpts();
  }

  void write(Report report, Layout layout, Console console, ColourMode colour) throws IOException {
    if (file != null) {
      new ReportFile(path(console)).write(report, writer(false, layout, console));
    } else {
      OutputStream out = new BufferedOutputStream(console.out());
      writer(colour.colours(console), layout, console).write(report, out);
      out.flush();
    }
  }

  /** Where the report goes, safe to print. */
  String destination() {
    return file == null ? "standard output" : TerminalText.escape(file.toString());
  }

  private Path path(Console console) {
    return console.directory().resolve(file);
  }

  private ReportWriter writer(boolean colour, Layout layout, Console console) {
    return switch (format) {
      case TEXT -> new TextReport(colour, layout.grouping());
      case SARIF -> new SarifReport(layout.surroundings(), console::say);
      case JSON -> new JsonReport(layout.maintainers());
      case CSV -> new CsvReport(layout.maintainers());
      case HTML -> new HtmlReport(layout.maintainers(), layout.excerpts());
      case MD ->
          new MarkdownReport(
              layout
                  .grouping()
                  .orElseGet(() -> new Grouping(Grouping.By.SUBSYSTEM, Maintainers.NONE)));
    };
  }
}
