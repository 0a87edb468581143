package org.gfplint.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gfplint.report.HtmlPage;
import org.gfplint.report.ReportFile;
import org.gfplint.report.ScopeMarkdown;
import org.gfplint.report.ScopeText;
import org.gfplint.report.StagedFile;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import org.gfplint.rules.ScopeReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** gfplint scopes: the map of task scopes. */
@Command(
    name = "scopes",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Map the task scopes of a kernel tree, or of some paths of it.",
    description = {
      "%nFor every call of memalloc_nofs_save() and its kin: where the scope is closed, in the same"
          + " function or by whoever gets the cookie, which calls stand inside, and what is"
          + " requested there. Then every GFP_NOFS and GFP_NOIO: those always inside a scope that"
          + " says as much can become GFP_KERNEL, for the others a way is named that reaches them"
          + " without a scope. Then vmalloc and kvmalloc inside scopes. docs/scopes.md says how to"
          + " read it.%n",
      "More of the tree means that more callers are known."
    },
    footer = {
      "%nExamples:",
      "  gfplint scopes fs/xfs",
      "  gfplint scopes --tree linux-6.12 --format html -o scopes.html fs%n",
      "Exit status: 0 done, 2 wrong usage, 3 incomplete: internal error or a report not written."
    })
final class ScopesCommand implements Callable<Integer> {
  /** Forms of the map. */
  enum Format {
    TEXT,
    MD,
    JSON,
    HTML
  }

  private final Console console;

  @Mixin private AnalysisOptions options = new AnalysisOptions();

  @Option(
      names = "--format",
      order = 7,
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Form of the map: text, md, json or html (one file, without scripts). Default:"
              + " ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = {"-o", "--output"},
      order = 8,
      paramLabel = "FILE",
      description =
          "Where it goes. Default: standard output. The file gets all of it or is left alone.")
  private Optional<Path> output;

  ScopesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<ReportFile> file =
        output.map(path -> new ReportFile(console.directory().resolve(path)));
    String destination =
        output.map(path -> TerminalText.escape(path.toString())).orElse("standard output");
    if (file.isPresent()) {
      try {
        file.get().checkWritable();
      } catch (IOException e) {
        throw new InputException(
            "cannot write " + destination + ": " + TerminalText.escape(e.getMessage()));
      }
    }
    Check.Request request = options.request(console);
    Check.Analysis analysis = options.analyze(request, console);
    List<String> paths =
        request.paths().stream().map(path -> request.tree().relativize(path).toString()).toList();
    ScopeReport report = ScopeReport.of(analysis, paths, "gfplint " + ToolVersion.number());
    try {
      if (file.isPresent()) {
        file.get().write(content(report));
      } else {
        OutputStream out = new BufferedOutputStream(console.out());
        content(report).writeTo(out);
        out.flush();
      }
    } catch (IOException e) {
      throw new OutputFailure(destination, e);
    }
    options.sayWhatIsMissing(analysis, console);
    return ExitCode.CLEAN;
  }

  private StagedFile.Content content(ScopeReport report) {
    return switch (format) {
      case TEXT -> out -> ScopeText.write(report, out);
      case MD -> out -> ScopeMarkdown.write(report, out);
      case HTML -> out -> HtmlPage.write("scopes.jte", report, out);
      case JSON ->
          out -> {
            ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            out.write(json.writeValueAsBytes(report));
            out.write('\n');
          };
    };
  }
}
