package org.gfplint.report;

import java.io.IOException;
import java.io.OutputStream;

/** Findings as one page that needs nothing else, for somebody who audits a tree. */
public final class HtmlReport implements ReportWriter {
  private final Maintainers maintainers;
  private final Excerpts excerpts;

  public HtmlReport(Maintainers maintainers, Excerpts excerpts) {
    this.maintainers = maintainers;
    this.excerpts = excerpts;
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    HtmlPage.write("audit.jte", AuditPage.of(report, maintainers, excerpts), out);
  }
}
