package org.gfplint.source;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * What was learned from a tree's headers, kept for the next run.
 *
 * <p>A file holds the list of headers that were read, each with size and time of modification, and
 * what was learned from them. The whole list is compared, so it is used only if make would not
 * rebuild either. Anything wrong with a file, and it is as if it were not there.
 */
final class DictionaryCache {
  private static final byte[] MAGIC = Bytes.ascii("gfplint macros 1");

  /** Files kept: one for each tree and architecture. About 2 MB each. */
  private static final int MOST_FILES = 16;

  /** What was written this shortly before may be written again at the same time; nanoseconds. */
  private static final long SAME_TIME = 2_000_000_000L;

  private final Path file;
  private final byte[] manifest;
  private final boolean settled;

  /**
   * The cache of one tree.
   *
   * @param directory where it is, made if need be
   * @param headers what is learned from, in an order that does not change
   * @param now the time before the headers are read; nanoseconds since 1970
   */
  DictionaryCache(
      Path directory, Path root, ArchSelection arch, List<SourceFile> headers, long now) {
    byte[] tree = (root + "\n" + arch).getBytes(StandardCharsets.UTF_8);
    file = directory.resolve("macros").resolve(UUID.nameUUIDFromBytes(tree) + ".bin");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(headers.size() * 80);
    boolean quiet = true;
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(tree);
      writeCode(out);
      for (SourceFile header : headers) {
        out.writeUTF(header.path());
        out.writeLong(header.size());
        out.writeLong(header.modified());
        quiet &=
            header.modified() != SourceFile.UNKNOWN_TIME
                && Math.abs(now - header.modified()) > SAME_TIME;
      }
    } catch (IOException e) {
      // A path too long for writeUTF.
      quiet = false;
    }
    settled = quiet;
    manifest = bytes.toByteArray();
  }

  /** Another build may learn otherwise. */
  private static void writeCode(DataOutputStream out) throws IOException {
    CodeSource source = DictionaryCache.class.getProtectionDomain().getCodeSource();
    try {
      // A class from an archive that was made elsewhere does not know its place; its jar is all
      // there is then.
      Path code =
          source == null || source.getLocation() == null
              ? Path.of(System.getProperty("java.class.path"))
              : Path.of(source.getLocation().toURI());
      if (Files.isDirectory(code)) {
        try (DirectoryStream<Path> classes =
            Files.newDirectoryStream(code.resolve("org/gfplint/source"), "*.class")) {
          List<Path> sorted = new ArrayList<>();
          classes.forEach(sorted::add);
          sorted.sort(Comparator.naturalOrder());
          for (Path one : sorted) {
            writeStamp(out, one);
          }
        }
      } else {
        writeStamp(out, code);
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void writeStamp(DataOutputStream out, Path path) throws IOException {
    out.writeLong(Files.size(path));
    out.writeLong(Files.getLastModifiedTime(path).toMillis());
  }

  /** What was learned from the same headers before; empty if that is not known. */
  Optional<MacroDictionary> load() {
    return settled ? load(true) : Optional.empty();
  }

  /** What was kept last for this tree by this build, whatever happened to the headers since. */
  Optional<MacroDictionary> loadAsLeft() {
    return load(false);
  }

  private Optional<MacroDictionary> load(boolean sameHeaders) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      CRC32 sum = new CRC32();
      sum.update(in.slice(0, Math.max(0, in.limit() - Integer.BYTES)));
      if (in.limit() < Integer.BYTES
          || in.getInt(in.limit() - Integer.BYTES) != (int) sum.getValue()
          || !startsWith(in, MAGIC)) {
        return Optional.empty();
      }
      int manifestLength = in.getInt();
      int end = in.position() + manifestLength;
      // Tree and build come first in a manifest, then the headers.
      if (sameHeaders && manifestLength != manifest.length || !startsWith(in, manifest)) {
        return Optional.empty();
      }
      in.position(end);
      int names = in.getInt();
      NameTable table = new NameTable(Math.min(names, in.remaining() / 4));
      for (int left = names; left > 0; left--) {
        int value = in.getShort();
        int length = in.getShort();
        table.put(in.array(), in.position(), in.position() + length, value);
        in.position(in.position() + length);
      }
      return Optional.of(new MacroDictionary(table));
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean startsWith(ByteBuffer in, byte[] bytes) {
    int from = in.position();
    if (in.remaining() < bytes.length
        || in.slice(from, bytes.length).mismatch(ByteBuffer.wrap(bytes)) >= 0) {
      return false;
    }
    in.position(from + bytes.length);
    return true;
  }

  /** Keeps what was learned, if it can be kept. */
  void store(NameTable table) {
    if (!settled) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(file.getParent(), "new-", ".tmp");
      try {
        Files.write(written, encode(table));
        Files.move(
            written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(written);
      }
      dropOldest();
    } catch (IOException | SecurityException e) {
      // Learned again next time.
    }
  }

  private byte[] encode(NameTable table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(manifest.length + (1 << 18));
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(MAGIC);
    out.writeInt(manifest.length);
    out.write(manifest);
    out.writeInt(table.size());
    List<byte[]> entries = new ArrayList<>();
    table.forEach(
        (pool, from, to, value) ->
            entries.add(
                ByteBuffer.allocate(4 + to - from)
                    .putShort((short) value)
                    .putShort((short) (to - from))
                    .put(pool, from, to - from)
                    .array()));
    for (byte[] entry : entries) {
      out.write(entry);
    }
    CRC32 sum = new CRC32();
    sum.update(bytes.toByteArray());
    out.writeInt((int) sum.getValue());
    return bytes.toByteArray();
  }

  private void dropOldest() throws IOException {
    record Kept(Path path, long modified) {}
    List<Kept> kept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(file.getParent())) {
      for (Path path : files) {
        try {
          kept.add(new Kept(path, Files.getLastModifiedTime(path).toMillis()));
        } catch (NoSuchFileException e) {
          // Another run did the same.
        }
      }
    }
    kept.sort(Comparator.comparingLong(Kept::modified).reversed());
    for (Kept old : kept.subList(Math.min(kept.size(), MOST_FILES), kept.size())) {
      Files.deleteIfExists(old.path());
    }
  }
}
