package org.gfplint.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gfplint.report.TerminalText;
import org.gfplint.source.SkippedFile;

/**
 * The surroundings of a run.
 *
 * @param out takes findings and answers, nothing else; not buffered, fails when nobody reads
 * @param err takes everything else
 * @param outIsTerminal whether a person sees {@code out} as it is written
 * @param errIsTerminal whether a person sees {@code err} as it is written
 * @param environment variables
 * @param directory what relative paths start from
 */
record Console(
    OutputStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path directory) {

  /** That of this process. The launcher says which streams are terminals: Java cannot tell. */
  static Console ofProcess() {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Boolean.getBoolean("gfplint.terminal.out"),
        Boolean.getBoolean("gfplint.terminal.err"),
        System.getenv(),
        Path.of("").toAbsolutePath());
  }

  /** Prints a line on standard error, marked as the tool's. */
  void say(String line) {
    err.println("gfplint: " + line);
  }

  /** Says of each file that it was skipped. */
  void saySkipped(List<SkippedFile> files) {
    for (SkippedFile file : files) {
      say(
          "skipped "
              + TerminalText.escape(file.path())
              + ": "
              + TerminalText.escape(file.reason()));
    }
  }

  /** True if the variable is set to something. */
  boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isEmpty();
  }
}
