package org.gfplint.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where facts are kept between runs. */
final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * GFPLINT_CACHE_DIR, else gfplint/ in XDG_CACHE_HOME, else in ~/.cache; empty for a user without
   * a home.
   */
  static Optional<Path> of(Console console) {
    if (console.isSet("GFPLINT_CACHE_DIR")) {
      return Optional.of(
          console.directory().resolve(console.environment().get("GFPLINT_CACHE_DIR")));
    }
    // The XDG specification: a relative path is to be ignored.
    if (console.environment().getOrDefault("XDG_CACHE_HOME", "").startsWith("/")) {
      return Optional.of(Path.of(console.environment().get("XDG_CACHE_HOME"), "gfplint"));
    }
    if (console.isSet("HOME")) {
      return Optional.of(Path.of(console.environment().get("HOME"), ".cache", "gfplint"));
    }
    return Optional.empty();
  }
}
