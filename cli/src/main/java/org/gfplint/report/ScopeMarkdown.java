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

/** A {@link ScopeReport} as Markdown, for a mail or a merge request. */
public final class ScopeMarkdown {
  private ScopeMarkdown() {}

  /** Writes all of it and flushes. */
  public static void write(ScopeReport report, OutputStream to) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    out.write("# Task scopes, Linux " + report.kernel() + "\n\n");
    if (!report.paths().isEmpty()) {
      out.write(report.paths().stream().map(MarkdownText::cell).collect(Collectors.joining(", ")));
      out.write(": ");
    }
    out.write(ScopeWords.totals(report.totals()) + ".\n\n");
    out.write("## Scopes\n\n");
    out.write("| opened | kind | how | restored | functions | calls | requests inside |\n");
    out.write("|---|---|---|---|---|---|---|\n");
    for (ScopeReport.Scope scope : report.scopes()) {
      String restored =
          scope.unpaired().isEmpty()
              ? scope.restores().stream()
                  .map(ScopeMarkdown::place)
                  .collect(Collectors.joining(", "))
              : "not known: " + MarkdownText.plain(scope.unpaired());
      row(
          out,
          place(scope.place()) + (scope.listed() ? "" : " (elsewhere)"),
          scope.kind(),
          MarkdownText.cell(ScopeWords.save(scope)),
          restored,
          scope.holders().size() + "",
          scope.callsInside() + "",
          ScopeWords.requests(scope));
    }
    masks(out, "Removable masks", report, "removable");
    masks(out, "Masks inside a scope as far as was read", report, "inside as read");
    masks(out, "Masks that are needed, as far as is known", report, "needed");
    if (!report.areas().isEmpty()) {
      out.write("\n## vmalloc and kvmalloc inside scopes\n\n");
      out.write("| request | mask | scope | made safe by it |\n|---|---|---|---|\n");
      for (ScopeReport.Area area : report.areas()) {
        row(
            out,
            place(area.place()) + " " + MarkdownText.cell(area.call() + "()"),
            MarkdownText.cell(area.mask()),
            area.scope(),
            area.needed() ? "yes" : "no, the mask would do");
      }
    }
    out.flush();
  }

  private static void masks(Writer out, String title, ScopeReport report, String status)
      throws IOException {
    List<ScopeReport.Mask> masks =
        report.masks().stream().filter(m -> m.status().equals(status)).toList();
    if (masks.isEmpty()) {
      return;
    }
    out.write("\n## " + title + "\n\n| request | mask | why | way |\n|---|---|---|---|\n");
    for (ScopeReport.Mask mask : masks) {
      row(
          out,
          place(mask.place()) + " " + MarkdownText.cell(mask.call() + "()"),
          MarkdownText.cell(mask.mask()),
          MarkdownText.plain(mask.why()),
          mask.way().stream().map(s -> place(s.place())).collect(Collectors.joining(" → ")));
    }
  }

  private static void row(Writer out, String... cells) throws IOException {
    out.write("| " + String.join(" | ", cells) + " |\n");
  }

  private static String place(ScopeReport.Place place) {
    return MarkdownText.cell(place + " " + place.function() + "()");
  }
}
