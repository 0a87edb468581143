package org.gfplint.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Location;
import org.gfplint.finding.TraceStep;
import org.gfplint.model.Fact;
import org.gfplint.rules.RuleInfo;

/** Findings as Markdown, for a mail or a merge request. */
public final class MarkdownReport implements ReportWriter {
  private final Grouping grouping;

  public MarkdownReport(Grouping grouping) {
    this.grouping = grouping;
  }

  @Override
  public void write(Report report, OutputStream to) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    List<Finding> findings = report.findings();
    out.write("# gfplint, Linux " + report.result().version() + "\n\n");
    out.write(count(findings.size(), "finding") + " in ");
    out.write(count(report.result().statistics().files(), "file") + ".\n");
    if (!findings.isEmpty()) {
      out.write("\n| rule | findings | what |\n|---|---|---|\n");
      for (RuleInfo rule : report.rules()) {
        long number = findings.stream().filter(f -> f.ruleId().equals(rule.id())).count();
        if (number > 0) {
          out.write("| " + rule.id() + " " + rule.name() + " | " + number + " | ");
          out.write(MarkdownText.plain(rule.summary()) + " |\n");
        }
      }
    }
    for (Map.Entry<String, List<Finding>> group : grouping.groups(findings).entrySet()) {
      out.write("\n## " + MarkdownText.plain(group.getKey()) + "\n\n");
      for (Finding finding : group.getValue()) {
        write(finding, report.rule(finding.ruleId()), out);
      }
    }
    out.flush();
  }

  private static void write(Finding finding, RuleInfo rule, Writer out) throws IOException {
    out.write("- " + place(finding.location()) + ": " + finding.level().label() + ": ");
    out.write(MarkdownText.plain(finding.message()));
    out.write(" (" + rule.id() + " " + rule.name());
    out.write(", confidence " + finding.confidence().label() + ")\n");
    int hop = 1;
    for (TraceStep step : finding.trace()) {
      out.write("  " + hop++ + ". " + place(step.location()) + ": ");
      if (!step.function().isEmpty()) {
        out.write("in " + MarkdownText.code(step.function() + "()") + ": ");
      }
      out.write(MarkdownText.plain(step.text()) + "\n");
    }
    for (Fact fact : finding.facts()) {
      out.write("  - because: " + MarkdownText.plain(Reason.of(fact)) + "\n");
    }
  }

  private static String place(Location at) {
    return MarkdownText.code(at.path() + ":" + at.line() + ":" + at.column());
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
