package org.gfplint.source;

/** Reading and overwriting C text as bytes. All positions are byte offsets. */
final class Bytes {
  static final byte SPACE = 1;
  static final byte NEWLINE = 2;
  static final byte IDENTIFIER = 3;
  static final byte DIGIT = 4;
  static final byte QUOTE = 5;
  static final byte PUNCTUATION = 6;

  /** Class of each byte value; bytes above 0x7f occur in identifiers or nowhere that matters. */
  static final byte[] CLASS = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      if (c == '\n') {
        CLASS[c] = NEWLINE;
      } else if (c <= ' ' || c == 0x7f) {
        CLASS[c] = SPACE;
      } else if (c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c == '_'
          || c == '$'
          || c >= 0x80) {
        CLASS[c] = IDENTIFIER;
      } else if (c >= '0' && c <= '9') {
        CLASS[c] = DIGIT;
      } else if (c == '"' || c == '\'') {
        CLASS[c] = QUOTE;
      } else {
        CLASS[c] = PUNCTUATION;
      }
    }
  }

  private Bytes() {}

  static byte classOf(byte b) {
    return CLASS[b & 0xff];
  }

  static boolean isWord(byte b) {
    byte c = CLASS[b & 0xff];
    return c == IDENTIFIER || c == DIGIT;
  }

  /** End of the word (identifier or number) that begins at p. */
  static int wordEnd(byte[] t, int p, int end) {
    while (p < end && isWord(t[p])) {
      p++;
    }
    return p;
  }

  /** End of a number: with a decimal point and signed exponents. */
  static int numberEnd(byte[] t, int p, int end) {
    while (p < end) {
      byte b = t[p];
      if (isWord(b)) {
        p++;
      } else if (b == '.') {
        // "1...5" is a range of cases, not a number.
        if (p + 1 < end && t[p + 1] == '.') {
          return p;
        }
        p++;
      } else if ((b == '+' || b == '-') && isExponent(t, p)) {
        p++;
      } else {
        break;
      }
    }
    return p;
  }

  /** False for what only looks like a number until a macro pastes it to something. */
  static boolean isNumber(byte[] t, int from, int to) {
    int p = from;
    while (p < to && t[p] >= '0' && t[p] <= '9') {
      p++;
    }
    if (p == to) {
      return true;
    }
    boolean hexadecimal = p == from + 1 && t[from] == '0' && (t[p] == 'x' || t[p] == 'X');
    boolean binary = p == from + 1 && t[from] == '0' && (t[p] == 'b' || t[p] == 'B');
    if (hexadecimal || binary) {
      p++;
    }
    for (; p < to; p++) {
      byte b = t[p];
      boolean part =
          b >= '0' && b <= '9'
              || hexadecimal && (b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F')
              || b == '.'
              || b == '+'
              || b == '-';
      if (!part) {
        break;
      }
    }
    if (p < to && (t[p] == 'e' || t[p] == 'E' || t[p] == 'p' || t[p] == 'P')) {
      for (p++; p < to && (t[p] == '+' || t[p] == '-' || t[p] >= '0' && t[p] <= '9'); p++) {}
    }
    for (; p < to; p++) {
      switch (t[p]) {
        case 'u', 'U', 'l', 'L', 'f', 'F', 'w', 'b', 'B' -> {}
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isExponent(byte[] t, int p) {
    byte e = t[p - 1];
    if (e == 'p' || e == 'P') {
      return true;
    }
    if (e != 'e' && e != 'E') {
      return false;
    }
    int q = p - 1;
    while (q > 0 && isWord(t[q - 1])) {
      q--;
    }
    return !(t[q] == '0' && (t[q + 1] == 'x' || t[q + 1] == 'X'));
  }

  /** End of the string or character literal that begins at p; a line break ends a broken one. */
  static int quoteEnd(byte[] t, int p, int end) {
    byte quote = t[p++];
    while (p < end) {
      byte b = t[p];
      if (b == quote) {
        return p + 1;
      }
      if (b == '\\' && p + 1 < end) {
        p += t[p + 1] == '\r' && p + 2 < end ? 3 : 2;
      } else if (b == '\n') {
        return p;
      } else {
        p++;
      }
    }
    return end;
  }

  /** True if a comment begins at p. */
  static boolean isComment(byte[] t, int p, int end) {
    return t[p] == '/' && p + 1 < end && (t[p + 1] == '*' || t[p + 1] == '/');
  }

  /** End of the comment that begins at p; a line comment ends before its line break. */
  static int commentEnd(byte[] t, int p, int end) {
    if (t[p + 1] == '*') {
      for (p += 2; p + 1 < end; p++) {
        if (t[p] == '*' && t[p + 1] == '/') {
          return p + 2;
        }
      }
      return end;
    }
    for (p += 2; p < end; p++) {
      if (t[p] == '\n' && t[p - 1] != '\\') {
        return p;
      }
    }
    return end;
  }

  /** Whether the comment that fills these bytes is one of a line, or has an end. */
  static boolean isClosedComment(byte[] t, int from, int end) {
    return t[from + 1] == '/' || end - from >= 4 && t[end - 2] == '*' && t[end - 1] == '/';
  }

  /** The next byte that is neither white space nor comment, nor an escaped line break. */
  static int skipBlank(byte[] t, int p, int end) {
    while (p < end) {
      byte b = t[p];
      byte c = CLASS[b & 0xff];
      if (c == SPACE || c == NEWLINE) {
        p++;
      } else if (b == '/' && isComment(t, p, end)) {
        p = commentEnd(t, p, end);
      } else if (b == '\\' && p + 1 < end && (t[p + 1] == '\n' || t[p + 1] == '\r')) {
        p += 2;
      } else {
        break;
      }
    }
    return p;
  }

  /** Like skipBlank, within a line; escaped line breaks and comments are passed. */
  static int skipBlankInLine(byte[] t, int p, int end) {
    while (p < end) {
      byte b = t[p];
      if (CLASS[b & 0xff] == SPACE) {
        p++;
      } else if (b == '/' && isComment(t, p, end)) {
        p = commentEnd(t, p, end);
      } else if (b == '\\' && p + 1 < end && t[p + 1] == '\n') {
        p += 2;
      } else if (b == '\\' && p + 2 < end && t[p + 1] == '\r' && t[p + 2] == '\n') {
        p += 3;
      } else {
        break;
      }
    }
    return p;
  }

  /** The line break (or the end) that ends the preprocessor line in which p is. */
  static int directiveEnd(byte[] t, int p, int end) {
    while (p < end) {
      byte b = t[p];
      if (b == '\n') {
        return p;
      }
      if (b == '/' && isComment(t, p, end)) {
        p = commentEnd(t, p, end);
      } else if (b == '\\' && p + 1 < end && t[p + 1] == '\n') {
        p += 2;
      } else if (b == '\\' && p + 2 < end && t[p + 1] == '\r' && t[p + 2] == '\n') {
        p += 3;
      } else if (b == '"') {
        p = quoteEnd(t, p, end);
      } else {
        p++;
      }
    }
    return end;
  }

  /**
   * Position of the bracket that closes the one at p, or -1 if there is none before the end, or a
   * preprocessor line comes first.
   */
  static int closing(byte[] t, int p, int end) {
    return closing(t, p, end, false);
  }

  /** Like closing; on request preprocessor lines are passed over. */
  static int closing(byte[] t, int p, int end, boolean passDirectives) {
    int depth = 0;
    boolean lineStart = false;
    while (p < end) {
      byte b = t[p];
      switch (b) {
        case '(', '[', '{' -> {
          depth++;
          p++;
        }
        case ')', ']', '}' -> {
          if (--depth == 0) {
            return p;
          }
          p++;
        }
        case '"', '\'' -> p = quoteEnd(t, p, end);
        case '/' -> p = isComment(t, p, end) ? commentEnd(t, p, end) : p + 1;
        case '\n' -> {
          lineStart = true;
          p++;
          continue;
        }
        case '#' -> {
          if (lineStart) {
            if (!passDirectives) {
              return -1;
            }
            p = directiveEnd(t, p, end);
          } else {
            p++;
          }
        }
        default -> {
          p++;
          if (CLASS[b & 0xff] == SPACE) {
            continue;
          }
        }
      }
      lineStart = false;
    }
    return -1;
  }

  /** Overwrites with spaces; line breaks stay. */
  static void blank(byte[] t, int from, int to) {
    for (int i = from; i < to; i++) {
      if (t[i] != '\n' && t[i] != '\r') {
        t[i] = ' ';
      }
    }
  }

  /** Overwrites a name with a shorter text and spaces. */
  static void overwrite(byte[] t, int from, int to, byte[] text) {
    System.arraycopy(text, 0, t, from, text.length);
    blank(t, from + text.length, to);
  }

  static boolean equals(byte[] t, int from, int to, byte[] text) {
    return java.util.Arrays.equals(t, from, to, text, 0, text.length);
  }

  static boolean contains(byte[] t, int from, int to, byte[] text) {
    for (int i = from, last = to - text.length; i <= last; i++) {
      if (equals(t, i, i + text.length, text)) {
        return true;
      }
    }
    return false;
  }

  static boolean startsWith(byte[] t, int from, int to, byte[] text) {
    return to - from >= text.length && equals(t, from, from + text.length, text);
  }

  static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
