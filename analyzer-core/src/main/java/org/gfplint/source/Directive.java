package org.gfplint.source;

/** Preprocessor lines, as far as they differ here. */
enum Directive {
  IF,
  ELIF,
  ELSE,
  ENDIF,
  DEFINE,
  OTHER;

  private static final byte[] IFDEF = Bytes.ascii("ifdef");
  private static final byte[] IFNDEF = Bytes.ascii("ifndef");
  private static final byte[] IF_WORD = Bytes.ascii("if");
  private static final byte[] ELIF_WORD = Bytes.ascii("elif");
  private static final byte[] ELSE_WORD = Bytes.ascii("else");
  private static final byte[] ENDIF_WORD = Bytes.ascii("endif");
  private static final byte[] DEFINE_WORD = Bytes.ascii("define");
  private static final byte[] ZERO = Bytes.ascii("0");
  private static final byte[] CPLUSPLUS = Bytes.ascii("__cplusplus");
  private static final byte[] ASSEMBLY = Bytes.ascii("__ASSEMBLY__");
  private static final byte[] ASSEMBLER = Bytes.ascii("__ASSEMBLER__");

  /** By the word behind the '#'. */
  static Directive of(byte[] t, int from, int to) {
    if (from >= to) {
      return OTHER;
    }
    if (t[from] == 'i') {
      boolean condition =
          Bytes.equals(t, from, to, IF_WORD)
              || Bytes.equals(t, from, to, IFDEF)
              || Bytes.equals(t, from, to, IFNDEF);
      return condition ? IF : OTHER;
    }
    if (t[from] == 'e') {
      if (Bytes.equals(t, from, to, ENDIF_WORD)) {
        return ENDIF;
      }
      if (Bytes.equals(t, from, to, ELSE_WORD)) {
        return ELSE;
      }
      return Bytes.startsWith(t, from, to, ELIF_WORD) ? ELIF : OTHER;
    }
    return Bytes.equals(t, from, to, DEFINE_WORD) ? DEFINE : OTHER;
  }

  /**
   * What a condition is known to be in every kernel: {@code #if 0}, C++, assembly. Null if not
   * known.
   */
  static Boolean value(byte[] t, int word, int wordEnd, int end) {
    int p = Bytes.skipBlankInLine(t, wordEnd, end);
    int q = Bytes.wordEnd(t, p, end);
    if (Bytes.skipBlankInLine(t, q, end) != end) {
      return null;
    }
    if (Bytes.equals(t, word, wordEnd, IF_WORD)) {
      return Bytes.equals(t, p, q, ZERO) ? Boolean.FALSE : null;
    }
    if (Bytes.equals(t, p, q, CPLUSPLUS)
        || Bytes.equals(t, p, q, ASSEMBLY)
        || Bytes.equals(t, p, q, ASSEMBLER)) {
      return Bytes.equals(t, word, wordEnd, IFNDEF);
    }
    return null;
  }
}
