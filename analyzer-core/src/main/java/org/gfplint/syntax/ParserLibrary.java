package org.gfplint.syntax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import org.gfplint.source.BundledLibrary;
import org.gfplint.source.Platform;

/**
 * The native parser: the tree-sitter core and its C grammar, unpacked from the libraries that come
 * with gfplint.
 */
final class ParserLibrary {
  /**
   * Names the system property that holds the path of a core to use in place of the bundled ones.
   */
  static final String CORE_PROPERTY = "gfplint.treesitter.core";

  private static final String OPTIMISED_CORE = "/org/gfplint/syntax/native/";
  private static final String BUNDLED = "/lib/";

  private static volatile String loadedCore = "none";

  private ParserLibrary() {}

  /** Which core is in use: "optimised", "bundled", or a path; "none" before the first use. */
  static String loadedCore() {
    return loadedCore;
  }

  /** Which core would be loaded, told without loading it: "optimised", "bundled", or a path. */
  static String chosenCore() {
    String named = System.getProperty(CORE_PROPERTY);
    if (named != null) {
      return named;
    }
    String optimised = OPTIMISED_CORE + fileName("tree-sitter");
    return ParserLibrary.class.getResource(optimised) != null ? "optimised" : "bundled";
  }

  /** Core and grammar, loaded at the first call and never unloaded. */
  static SymbolLookup lookup() {
    return Loaded.LOOKUP;
  }

  private static final class Loaded {
    static final SymbolLookup LOOKUP = load(Arena.global());
  }

  private static SymbolLookup load(Arena arena) {
    String file = fileName("tree-sitter");
    String chosen = chosenCore();
    SymbolLookup core =
        switch (chosen) {
          case "optimised" -> unpackAndLoad(OPTIMISED_CORE + file, arena);
          case "bundled" -> unpackAndLoad(BUNDLED + file, arena);
          default -> SymbolLookup.libraryLookup(Path.of(chosen), arena);
        };
    loadedCore = chosen;
    return core.or(unpackAndLoad(BUNDLED + fileName("tree-sitter-c"), arena));
  }

  private static SymbolLookup unpackAndLoad(String resource, Arena arena) {
    try {
      return BundledLibrary.load(resource, file -> SymbolLookup.libraryLookup(file, arena));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot unpack the native parser into the temporary directory "
              + System.getProperty("java.io.tmpdir")
              + " (set -Djava.io.tmpdir to a writable one): "
              + e.getMessage(),
          e);
    }
  }

  private static String fileName(String library) {
    Platform platform = Platform.current();
    String os =
        switch (platform.os()) {
          case LINUX -> "linux-gnu";
          case MACOS -> "macos";
          case WINDOWS -> "windows";
        };
    return platform.arch() + "-" + os + "-" + library + "." + platform.os().suffix();
  }
}
