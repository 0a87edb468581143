package org.gfplint.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a report goes to: it gets the whole report or stays as it was. */
public final class ReportFile {
  private final Path path;

  public ReportFile(Path path) {
    this.path = path;
  }

  /**
   * Checks that the file can be written, so that a long run does not end in nothing.
   *
   * @throws IOException if it cannot; the message says why, without the path
   */
  public void checkWritable() throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a directory");
    }
    Path directory = directory();
    if (!Files.isDirectory(directory)) {
      throw new IOException("there is no directory " + directory);
    }
    if (!Files.isWritable(isPlain() ? directory : path)) {
      throw new IOException("no permission to write there");
    }
  }

  /**
   * Writes the report. A regular file is replaced in one step; a device or a pipe is written to.
   *
   * @throws IOException if that failed; a regular file is then as it was before
   */
  public void write(Report report, ReportWriter writer) throws IOException {
    write(out -> writer.write(report, out));
  }

  /**
   * Writes a report of any kind, in the same way.
   *
   * @throws IOException if that failed; a regular file is then as it was before
   */
  public void write(StagedFile.Content content) throws IOException {
    if (!isPlain()) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
        content.writeTo(out);
      }
      return;
    }
    try (StagedFile staged = StagedFile.create(path, content)) {
      staged.commit();
    }
  }

  /** The reason of a failure in one clause: the system's words, without the path. */
  public static String reason(IOException failure) {
    if (failure instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** True of a regular file and of a file yet to be made, false of a device or a pipe. */
  private boolean isPlain() {
    return Files.isRegularFile(path) || !Files.exists(path);
  }

  private Path directory() {
    Path parent = path.toAbsolutePath().getParent();
    return parent == null ? path.toAbsolutePath() : parent;
  }
}
