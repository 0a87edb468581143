package org.gfplint.source;

/** Reads one {@code #define} and says what the macro stands for. */
final class MacroDefinition {
  private int name;
  private int nameEnd;

  int name() {
    return name;
  }

  /** 0 if the line was not a definition. */
  int nameEnd() {
    return nameEnd;
  }

  /**
   * @param from behind the word {@code define}
   * @param to end of the logical line
   * @return null for a macro that looks like a call or a value
   */
  MacroKind read(byte[] t, int from, int to, MacroDictionary known) {
    name = Bytes.skipBlankInLine(t, from, to);
    nameEnd = Bytes.wordEnd(t, name, to);
    if (nameEnd == name) {
      nameEnd = 0;
      return null;
    }
    return null;
  }
}
