package org.gfplint.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Location;
import org.gfplint.finding.Suppression;
import org.gfplint.finding.TraceStep;
import org.gfplint.model.Fact;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;
import org.gfplint.source.SkippedFile;

/** A run as JSON, described in docs/reports.md. */
public final class JsonReport implements ReportWriter {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Bidirectional overrides and the like do no harm to who shows the file as it is.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  static {
    JSON.getFactory().setCharacterEscapes(new DeleteEscape());
  }

  private final Maintainers maintainers;

  public JsonReport(Maintainers maintainers) {
    this.maintainers = maintainers;
  }

  /** The document. */
  private record Run(
      int format,
      String tool,
      String kernel,
      int exitStatus,
      Check.Statistics statistics,
      List<Rule> rules,
      List<Entry> findings,
      List<Entry> ignored,
      List<Entry> known,
      List<Baseline.Entry> gone,
      List<SkippedFile> skipped,
      List<String> notes) {}

  private record Rule(String id, String name, String level, String summary) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Entry(
      String rule,
      String name,
      String level,
      String confidence,
      String message,
      Location location,
      String function,
      String subsystem,
      List<String> maintainers,
      String fingerprint,
      List<TraceStep> trace,
      List<Reasoning> facts,
      List<Fix> fixes,
      String ignoredBecause) {}

  private record Reasoning(String id, String versions, String sentence, String source) {}

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    Check.Result result = report.result();
    JSON.writeValue(
        out,
        new Run(
            1,
            "gfplint " + report.toolVersion(),
            result.version().toString(),
            report.exitCode(),
            result.statistics(),
            report.rules().stream().map(JsonReport::rule).toList(),
            entries(report.findings(), report),
            entries(report.suppressed(), report),
            entries(report.known().orElse(List.of()), report),
            report.gone(),
            result.skipped(),
            result.notes()));
    out.write('\n');
  }

  private static Rule rule(RuleInfo rule) {
    return new Rule(rule.id(), rule.name(), rule.level().label(), rule.summary());
  }

  private List<Entry> entries(List<Finding> findings, Report report) {
    return findings.stream().map(f -> entry(f, report.rule(f.ruleId()))).toList();
  }

  private Entry entry(Finding finding, RuleInfo rule) {
    String path = finding.location().path();
    return new Entry(
        rule.id(),
        rule.name(),
        finding.level().label(),
        finding.confidence().label(),
        finding.message(),
        finding.location(),
        finding.function(),
        Grouping.subsystem(path),
        maintainers.sectionsOf(path),
        finding.fingerprint().hash(),
        finding.trace(),
        finding.facts().stream().map(JsonReport::reasoning).toList(),
        finding.fixes(),
        finding.suppression().map(Suppression::reason).orElse(null));
  }

  private static Reasoning reasoning(Fact fact) {
    return new Reasoning(fact.id(), fact.range(), fact.sentence(), fact.source());
  }
}
