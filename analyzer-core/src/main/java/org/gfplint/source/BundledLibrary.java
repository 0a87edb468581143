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
 * <p>The build leaves the libraries beside the jar, where the launcher says; unpacking them takes
 * some 30 ms of each run. Without them a run unpacks into a directory of its own that only this
 * user can enter, compares what was written with what should be there, loads it, and removes it.
 */
public final class BundledLibrary {
  /** Names the system property with the directory that has the libraries as they are in the jar. */
  private static final String DIRECTORY_PROPERTY = "gfplint.libraries";

  private BundledLibrary() {}

  /**
   * Loads a library, from where it was left by the build or else unpacked for it.
   *
   * @param resource its name, from the root of the class path
   * @param load loads the file that it is given
   * @return what {@code load} returned
   * @throws IOException if this build lacks the library or it cannot be unpacked
   */
  public static <T> T load(String resource, Function<Path, T> load) throws IOException {
    String left = System.getProperty(DIRECTORY_PROPERTY);
    if (left != null && Files.isRegularFile(Path.of(left + resource))) {
      return load.apply(Path.of(left + resource));
    }
    return unpackAndLoad(resource, load);
  }

  private static <T> T unpackAndLoad(String resource, Function<Path, T> load) throws IOException {
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
