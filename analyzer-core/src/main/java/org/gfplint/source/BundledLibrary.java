package org.gfplint.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A native library that comes with gfplint, as a file for as long as it takes to load it.
 *
 * <p>Each run unpacks into a directory of its own that only this user can enter, compares what was
 * written with what should be there, loads it, and removes it.
 */
public final class BundledLibrary {
  private BundledLibrary() {}

  /**
   * Unpacks a library and loads it.
   *
   * @param resource its name, from the root of the class path
   * @param load loads the file that it is given
   * @return what {@code load} returned
   * @throws IOException if this build lacks the library or it cannot be unpacked
   */
  public static <T> T load(String resource, Function<Path, T> load) throws IOException {
    byte[] content = read(resource);
    // createTempDirectory makes it accessible to this user alone.
    Path directory = Files.createTempDirectory("gfplint-library-");
    Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
    try {
      Files.write(file, content);
      if (!Arrays.equals(Files.readAllBytes(file), content)) {
        throw new IOException("what was written to " + file + " reads back differently");
      }
      return load.apply(file);
    } finally {
      remove(file, directory);
    }
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream in = BundledLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("this build of gfplint lacks " + resource);
      }
      return in.readAllBytes();
    }
  }

  /** A loaded library may be unlinked at once, except on Windows, where it goes at exit. */
  private static void remove(Path file, Path directory) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
    }
  }
}
