package org.gfplint.report;

import java.io.IOException;
import java.io.OutputStream;

/** One form of report. The same report gives the same bytes. */
public interface ReportWriter {
  /** Writes all of it and flushes; does not close {@code out}. */
  void write(Report report, OutputStream out) throws IOException;
}
