package org.gfplint.syntax;

import io.github.treesitter.jtreesitter.NativeLibraryLookup;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Tells jtreesitter where the parser is; found by it through the service loader. */
public final class BundledLibraryLookup implements NativeLibraryLookup {
  @Override
  public SymbolLookup get(Arena arena) {
    // jtreesitter's arena may be collected; ours lives as long as the parsers that share the
    // library.
    return ParserLibrary.lookup();
  }
}
