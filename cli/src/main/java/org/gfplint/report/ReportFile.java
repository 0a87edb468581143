package org.gfplint.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
    if (!isPlain()) {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
        writer.write(report, out);
      }
      return;
    }
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    // Not createTempFile: the report shall have the permissions that any new file gets.
    Path temporary =
        target.resolveSibling(
            ".gfplint-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        writer.write(report, out);
      }
      keepPermissions(target, temporary);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
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

  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }
}
