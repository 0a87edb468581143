package org.gfplint.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A C source file or header of a kernel tree.
 *
 * @param path relative to the tree, with '/': the name used in findings
 * @param file where it is; kept as the file system gave it, because a name that is not valid in the
 *     platform's character set cannot be rebuilt from {@code path}
 * @param size bytes, when it was found
 * @param modified time of the last change when it was found, nanoseconds since 1970, or {@link
 *     #UNKNOWN_TIME}
 * @param content what to read in place of {@code file}, or null
 */
public record SourceFile(
    String path, Path file, long size, long modified, Overlay.Content content) {
  /** Says nothing of when a file was changed. */
  public static final long UNKNOWN_TIME = Long.MIN_VALUE;

  /** Larger files are generated tables, never code that somebody wrote; bytes. */
  public static final long DEFAULT_LIMIT = 32L << 20;

  private static final int BINARY_PROBE = 8 << 10;

  /** A file on disk. */
  public SourceFile(String path, Path file, long size, long modified) {
    this(path, file, size, modified, null);
  }

  /** A file of which nobody asked when it was changed. */
  public SourceFile(String path, Path file, long size) {
    this(path, file, size, UNKNOWN_TIME);
  }

  /** A file as its attributes say. */
  static SourceFile of(String path, Path file, BasicFileAttributes attributes) {
    return new SourceFile(
        path, file, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /** Reads with the {@link #DEFAULT_LIMIT}. */
  public void read(SourceBuffer buffer) throws SkippedFileException {
    read(buffer, DEFAULT_LIMIT);
  }

  /**
   * Reads the file's bytes as they are: they need not be valid UTF-8.
   *
   * @param limit bytes, at most 1 GiB
   * @throws SkippedFileException if it cannot be read, is larger than the limit, or is binary (a
   *     NUL byte in its first 8 KiB)
   */
  public void read(SourceBuffer buffer, long limit) throws SkippedFileException {
    try {
      if (content != null) {
        readContent(buffer, Math.min(limit, 1L << 30));
        return;
      }
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        // Opening a named pipe for reading would wait for a writer.
        throw skip(KernelTree.kindOf(attributes, file));
      }
      long bound = Math.min(limit, 1L << 30);
      if (attributes.size() > bound) {
        throw skip("larger than " + describe(bound));
      }
      int length = 0;
      buffer.reserve((int) attributes.size() + 1);
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        while (true) {
          byte[] bytes = buffer.bytes();
          int n = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
          if (n < 0) {
            break;
          }
          length += n;
          if (length > bound) {
            throw skip("larger than " + describe(bound));
          }
          if (length == bytes.length) {
            buffer.reserve(length + 1);
          }
        }
      }
      buffer.length(length);
      refuseBinary(buffer);
    } catch (AccessDeniedException e) {
      throw skip("permission denied");
    } catch (NoSuchFileException e) {
      throw skip("no longer there");
    } catch (IOException e) {
      throw skip("not readable: " + KernelTree.oneLine(e));
    }
  }

  private void readContent(SourceBuffer buffer, long bound)
      throws IOException, SkippedFileException {
    byte[] bytes = content.read();
    if (bytes.length > bound) {
      throw skip("larger than " + describe(bound));
    }
    buffer.reserve(bytes.length + 1);
    System.arraycopy(bytes, 0, buffer.bytes(), 0, bytes.length);
    buffer.length(bytes.length);
    refuseBinary(buffer);
  }

  private void refuseBinary(SourceBuffer buffer) throws SkippedFileException {
    byte[] bytes = buffer.bytes();
    for (int i = 0, end = Math.min(buffer.length(), BINARY_PROBE); i < end; i++) {
      if (bytes[i] == 0) {
        throw skip("binary content");
      }
    }
  }

  /** The file's bytes in an array of their own. */
  public byte[] read() throws SkippedFileException {
    SourceBuffer buffer = new SourceBuffer();
    read(buffer);
    return java.util.Arrays.copyOf(buffer.bytes(), buffer.length());
  }

  /** Says why the file is not analysed. */
  public SkippedFileException skip(String reason) {
    return new SkippedFileException(new SkippedFile(path, reason));
  }

  private static String describe(long bytes) {
    if (bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
  }
}
