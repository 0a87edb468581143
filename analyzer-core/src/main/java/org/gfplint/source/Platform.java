package org.gfplint.source;

import java.util.Locale;

/**
 * Where this process runs, as far as native libraries differ.
 *
 * @param arch "x86_64" or "aarch64"
 * @param os the system, one that there are libraries for
 */
public record Platform(String arch, Os os) {
  /** The systems that gfplint has native libraries for. */
  public enum Os {
    /** With the GNU C library. */
    LINUX("so"),
    MACOS("dylib"),
    WINDOWS("dll");

    private final String suffix;

    Os(String suffix) {
      this.suffix = suffix;
    }

    /** What names of libraries end with, without a dot. */
    public String suffix() {
      return suffix;
    }
  }

  /**
   * The platform of this process.
   *
   * @throws UnsupportedOperationException if there are no libraries for it
   */
  public static Platform current() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String known =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> null;
        };
    if (known != null && name.startsWith("linux")) {
      return new Platform(known, Os.LINUX);
    } else if (known != null && name.startsWith("mac")) {
      return new Platform(known, Os.MACOS);
    } else if ("x86_64".equals(known) && name.startsWith("windows")) {
      return new Platform(known, Os.WINDOWS);
    }
    throw new UnsupportedOperationException(
        "no native libraries for "
            + name
            + " on "
            + arch
            + "; gfplint runs on Linux and macOS (x86-64, aarch64) and on Windows (x86-64)");
  }
}
