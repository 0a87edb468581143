package org.gfplint.cli;

import java.io.IOException;
import org.gfplint.report.ReportFile;

/** A report could not be written; the message is one sentence. */
final class OutputFailure extends RuntimeException {
  OutputFailure(String where, IOException cause) {
    super("cannot write " + where + ": " + ReportFile.reason(cause), cause);
  }
}
