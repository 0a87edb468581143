package org.gfplint.report;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Location;

/** Findings as a table, one row each (RFC 4180, UTF-8, with a header). */
public final class CsvReport implements ReportWriter {
  private static final List<String> HEADER =
      List.of(
          "path",
          "line",
          "column",
          "rule",
          "name",
          "level",
          "confidence",
          "message",
          "function",
          "subsystem",
          "maintainers",
          "fingerprint");

  private static final ObjectWriter TABLE =
      CsvMapper.builder()
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build()
          .writer(CsvSchema.emptySchema().withLineSeparator("\r\n"));

  private final Maintainers maintainers;

  public CsvReport(Maintainers maintainers) {
    this.maintainers = maintainers;
  }

  @Override
  public void write(Report report, OutputStream to) throws IOException {
    SequenceWriter table = TABLE.writeValues(to);
    table.write(HEADER);
    for (Finding finding : report.findings()) {
      Location at = finding.location();
      table.write(
          List.of(
              cell(at.path()),
              at.line(),
              at.column(),
              finding.ruleId(),
              report.rule(finding.ruleId()).name(),
              finding.level().label(),
              finding.confidence().label(),
              cell(finding.message()),
              cell(finding.function()),
              cell(Grouping.subsystem(at.path())),
              cell(String.join("; ", maintainers.sectionsOf(at.path()))),
              finding.fingerprint().hash()));
    }
    table.flush();
  }

  /** Names come from the tree: a spreadsheet must not take one for a formula. */
  private static String cell(String text) {
    String safe = TerminalText.escape(text);
    return !safe.isEmpty() && "=+-@".indexOf(safe.charAt(0)) >= 0 ? "'" + safe : safe;
  }
}
