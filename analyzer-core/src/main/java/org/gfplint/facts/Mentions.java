package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds where a file names its own functions without calling them: each may be called by anyone.
 */
final class Mentions {
  private static final int FILTER_BITS = 1 << 12;

  /** Which bytes names are made of. */
  private static final boolean[] WORD = new boolean[256];

  static {
    for (int c = 0; c < WORD.length; c++) {
      WORD[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9';
    }
  }

  private Mentions() {}

  /** Those of the names that occur with no opening bracket behind them. */
  static Set<String> of(byte[] bytes, int length, Set<String> names) {
    Set<String> found = new HashSet<>();
    if (names.isEmpty()) {
      return found;
    }
    boolean[] filter = new boolean[FILTER_BITS];
    for (String name : names) {
      byte[] word = name.getBytes(StandardCharsets.UTF_8);
      int hash = 0;
      for (byte b : word) {
        hash = hash * 31 + b;
      }
      filter[hash & FILTER_BITS - 1] = true;
    }
    int at = 0;
    while (at < length) {
      byte c = bytes[at];
      if (c == '/' && at + 1 < length && (bytes[at + 1] == '*' || bytes[at + 1] == '/')) {
        at = afterComment(bytes, at, length);
      } else if (c == '"') {
        at = afterString(bytes, at, length);
      } else if (isWord(c)) {
        int hash = c;
        int end = at + 1;
        while (end < length && isWord(bytes[end])) {
          hash = hash * 31 + bytes[end++];
        }
        if (filter[hash & FILTER_BITS - 1]
            && !isCalled(bytes, end, length)
            && !isOfOtherKind(bytes, at)) {
          String word = new String(bytes, at, end - at, StandardCharsets.UTF_8);
          if (names.contains(word)) {
            found.add(word);
          }
        }
        at = end;
      } else {
        at++;
      }
    }
    return found;
  }

  private static boolean isWord(byte c) {
    return WORD[c & 0xff];
  }

  private static boolean isCalled(byte[] bytes, int end, int length) {
    int at = end;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n')) {
      at++;
    }
    return at < length && bytes[at] == '(';
  }

  /** The tag of a type, or a field. */
  private static boolean isOfOtherKind(byte[] bytes, int start) {
    int at = start;
    while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t' || bytes[at - 1] == '\n')) {
      at--;
    }
    if (at == 0) {
      return false;
    }
    if (bytes[at - 1] == '.' || bytes[at - 1] == '>' && at > 1 && bytes[at - 2] == '-') {
      return true;
    }
    int word = at;
    while (word > 0 && isWord(bytes[word - 1])) {
      word--;
    }
    if (word == at) {
      return false;
    }
    String before = new String(bytes, word, at - word, StandardCharsets.UTF_8);
    return before.equals("struct") || before.equals("union") || before.equals("enum");
  }

  private static int afterComment(byte[] bytes, int start, int length) {
    boolean line = bytes[start + 1] == '/';
    int at = start + 2;
    while (at < length) {
      if (line ? bytes[at] == '\n' : bytes[at] == '/' && bytes[at - 1] == '*' && at > start + 2) {
        return at + 1;
      }
      at++;
    }
    return length;
  }

  private static int afterString(byte[] bytes, int start, int length) {
    int at = start + 1;
    while (at < length && bytes[at] != '"' && bytes[at] != '\n') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at + 1;
  }
}
