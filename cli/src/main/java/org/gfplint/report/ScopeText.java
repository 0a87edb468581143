package org.gfplint.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.gfplint.rules.ScopeReport;

/** A {@link ScopeReport} to read on a terminal. */
public final class ScopeText {
  /** Lists that only tell more of the same end after so many. */
  private static final int MOST_REQUESTS = 8;

  private static final int MOST_CALLS = 10;
  private static final String INDENT = "    ";

  private final Writer out;

  private ScopeText(Writer out) {
    this.out = out;
  }

  /** Writes all of it and flushes. */
  public static void write(ScopeReport report, OutputStream to) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    new ScopeText(out).write(report);
    out.flush();
  }

  private void line(String text) throws IOException {
    out.write(TerminalText.escape(text));
    out.write('\n');
  }

  private void write(ScopeReport report) throws IOException {
    ScopeReport.Totals totals = report.totals();
    line("Task scopes, Linux " + report.kernel() + ": " + ScopeWords.totals(totals));
    for (ScopeReport.Scope scope : report.scopes()) {
      out.write('\n');
      scope(scope);
    }
    masks("Removable: always inside a scope that says as much", report, "removable");
    masks("Inside as far as was read, but other callers are possible", report, "inside as read");
    masks("Needed, as far as is known", report, "needed");
    if (!report.areas().isEmpty()) {
      out.write('\n');
      line("vmalloc and kvmalloc inside scopes (" + report.areas().size() + "):");
      for (ScopeReport.Area area : report.areas()) {
        line(INDENT + area.place() + ": " + area.place().function() + "(): " + area(area));
      }
    }
  }

  private static String area(ScopeReport.Area area) {
    return area.call()
        + "() with "
        + area.mask()
        + " in a "
        + area.scope()
        + " scope, "
        + (area.needed() ? "which makes it safe" : "though its mask alone would do");
  }

  private void scope(ScopeReport.Scope scope) throws IOException {
    line(
        scope.place()
            + ": "
            + scope.place().function()
            + "(): "
            + scope.kind()
            + " scope, "
            + ScopeWords.save(scope)
            + (scope.listed() ? "" : " (outside of the paths)"));
    if (scope.unpaired().isEmpty()) {
      line(INDENT + scope.custody() + ":");
      for (ScopeReport.Place restore : scope.restores()) {
        line(INDENT + INDENT + restore + ": in " + restore.function() + "()");
      }
    } else {
      line(INDENT + "no restore known: " + scope.unpaired());
    }
    for (ScopeReport.Holder holder : first(scope.holders(), MOST_REQUESTS)) {
      line(INDENT + "calls in " + holder.function() + "(): " + calls(holder));
    }
    more(scope.holders(), MOST_REQUESTS, "functions");
    if (!scope.requests().isEmpty()) {
      line(INDENT + "requests inside: " + ScopeWords.requests(scope));
      for (ScopeReport.Inside request : first(scope.requests(), MOST_REQUESTS)) {
        line(
            INDENT
                + INDENT
                + request.place()
                + ": "
                + request.place().function()
                + "(): "
                + request.call()
                + "() with "
                + request.mask()
                + ", "
                + request.effect());
      }
      more(scope.requests(), MOST_REQUESTS, "requests");
    }
  }

  private static String calls(ScopeReport.Holder holder) {
    List<String> names = holder.calls().stream().map(c -> c.callee() + "()").distinct().toList();
    String listed = names.stream().limit(MOST_CALLS).collect(Collectors.joining(", "));
    int rest = names.size() - MOST_CALLS;
    return rest > 0 ? listed + " and " + rest + " more" : listed;
  }

  private void masks(String title, ScopeReport report, String status) throws IOException {
    List<ScopeReport.Mask> masks =
        report.masks().stream().filter(m -> m.status().equals(status)).toList();
    if (masks.isEmpty()) {
      return;
    }
    out.write('\n');
    line(title + " (" + masks.size() + "):");
    for (ScopeReport.Mask mask : masks) {
      line(
          INDENT
              + mask.place()
              + ": "
              + mask.place().function()
              + "(): "
              + mask.call()
              + "() with "
              + mask.mask()
              + ": "
              + mask.why());
      for (ScopeReport.Step step : mask.way()) {
        line(
            INDENT
                + INDENT
                + step.place()
                + ": "
                + step.place().function()
                + "() calls "
                + step.call());
      }
    }
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }

  private void more(List<?> all, int most, String what) throws IOException {
    if (all.size() > most) {
      line(INDENT + INDENT + "and " + (all.size() - most) + " more " + what);
    }
  }
}
