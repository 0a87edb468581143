package org.gfplint.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The new content of a file, written beside it: it takes the file's place in one step, or is gone
 * when this is closed.
 */
public final class StagedFile implements AutoCloseable {
  /** Writes a file's content; need not flush. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final Path target;
  private final Path temporary;

  private StagedFile(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /**
   * Writes the content to a temporary file in the same directory.
   *
   * @param path the file to replace, or to make; a symbolic link stays one
   * @throws IOException if that failed; nothing is left behind
   */
  public static StagedFile create(Path path, Content content) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    // Not createTempFile: the file shall have the permissions that any new file gets.
    Path temporary =
        target.resolveSibling(
            ".gfplint-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp");
    StagedFile staged = new StagedFile(target, temporary);
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
        content.writeTo(out);
      }
      keepPermissions(target, temporary);
      return staged;
    } catch (IOException | RuntimeException e) {
      staged.close();
      throw e;
    }
  }

  /** Puts the content in the file's place. */
  public void commit() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Drops the content unless it was committed. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    if (Files.exists(from) && Files.getFileStore(from).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }
}
