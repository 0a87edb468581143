package org.gfplint.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.finding.TraceStep;
import org.gfplint.model.Fact;
import org.gfplint.rules.RuleInfo;

/**
 * Findings as compilers print them, one line each, with the way there and the reasons indented
 * below.
 */
public final class TextReport implements ReportWriter {
  private static final String INDENT = "    ";

  private final boolean colour;
  private final Optional<Grouping> grouping;

  /**
   * @param colour whether to use terminal colours
   */
  public TextReport(boolean colour) {
    this(colour, Optional.empty());
  }

  /**
   * @param colour whether to use terminal colours
   * @param grouping what to put findings together by, each group below a line with its name
   */
  public TextReport(boolean colour, Optional<Grouping> grouping) {
    this.colour = colour;
    this.grouping = grouping;
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    if (grouping.isPresent()) {
      boolean first = true;
      for (Map.Entry<String, List<Finding>> group :
          grouping.get().groups(report.findings()).entrySet()) {
        text.write(first ? "" : "\n");
        text.write(paint("# " + heading(group.getKey(), group.getValue().size()), "1") + "\n");
        first = false;
        write(group.getValue(), report, text);
      }
    } else {
      write(report.findings(), report, text);
    }
    text.flush();
  }

  private static String heading(String name, int findings) {
    return TerminalText.escape(name) + ": " + findings + (findings == 1 ? " finding" : " findings");
  }

  private void write(List<Finding> findings, Report report, Writer text) throws IOException {
    for (Finding finding : findings) {
      write(finding, report.rule(finding.ruleId()), text);
    }
  }

  private void write(Finding finding, RuleInfo rule, Writer text) throws IOException {
    text.write(paint(place(finding.location()) + ":", "1"));
    text.write(' ');
    text.write(paint(finding.level().label() + ":", levelColour(finding.level())));
    text.write(' ');
    text.write(TerminalText.escape(finding.message()));
    text.write(paint(" [" + rule.id() + " " + rule.name() + "]", "2"));
    text.write('\n');
    int hop = 1;
    for (TraceStep step : finding.trace()) {
      text.write(INDENT);
      text.write(hop + ". " + place(step.location()) + ": ");
      if (!step.function().isEmpty()) {
        text.write("in " + TerminalText.escape(step.function()) + "(): ");
      }
      text.write(TerminalText.escape(step.text()));
      text.write('\n');
      hop++;
    }
    for (Fact fact : finding.facts()) {
      text.write(INDENT);
      text.write(paint("because: ", "2") + TerminalText.escape(Reason.of(fact)));
      text.write('\n');
    }
    if (finding.confidence() != Confidence.HIGH) {
      text.write(INDENT + "confidence: " + finding.confidence().label() + '\n');
    }
  }

  private static String place(Location location) {
    return TerminalText.escape(location.path()) + ":" + location.line() + ":" + location.column();
  }

  private static String levelColour(Level level) {
    return switch (level) {
      case ERROR -> "1;31";
      case WARNING -> "1;35";
      case NOTE -> "1;36";
    };
  }

  /** Wraps text, already escaped, in a Select Graphic Rendition sequence. */
  private String paint(String text, String code) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
