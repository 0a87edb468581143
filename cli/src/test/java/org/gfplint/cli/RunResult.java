package org.gfplint.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What a command printed and how it ended. */
record RunResult(int exit, String out, String err) {
  /** Runs a command in this process, as {@link Main#main} would, with nothing on a terminal. */
  static RunResult of(Path directory, String... arguments) {
    return of(directory, Map.of(), false, arguments);
  }

  /** A console that nobody reads. */
  static Console nobody(Path directory) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    return new Console(nowhere, new PrintStream(nowhere), false, false, Map.of(), directory);
  }

  static RunResult of(
      Path directory, Map<String, String> environment, boolean terminal, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int exit =
        Main.run(new Console(out, errors, terminal, terminal, environment, directory), arguments);
    return new RunResult(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
