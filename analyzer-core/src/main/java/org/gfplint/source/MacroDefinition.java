package org.gfplint.source;

/**
 * Reads one {@code #define} and says what the macro stands for. Its replacement may name another
 * macro that decides it; that name is then left to the caller.
 */
final class MacroDefinition {
  private int name;
  private int nameEnd;
  private boolean functionLike;
  private boolean empty;
  private int decider;
  private int deciderEnd;
  private boolean decidesAnnotation;

  /** What a name in a replacement stands for, or {@link Word#NONE}. */
  interface Names {
    int lookup(byte[] t, int from, int to, int hash);
  }

  int name() {
    return name;
  }

  /** 0 if the line was not a definition. */
  int nameEnd() {
    return nameEnd;
  }

  boolean isFunctionLike() {
    return functionLike;
  }

  boolean isEmpty() {
    return empty;
  }

  /** The macro is an annotation or iterator if the name here is one; -1 if there is none. */
  int decider() {
    return decider;
  }

  int deciderEnd() {
    return deciderEnd;
  }

  /** True if the decider would make it an annotation, false for an iterator. */
  boolean decidesAnnotation() {
    return decidesAnnotation;
  }

  /**
   * @param from behind the word {@code define}
   * @param to end of the logical line
   * @return null for a macro that looks like a call or a value, or is empty
   */
  MacroKind read(byte[] t, int from, int to, Names names) {
    name = Bytes.skipBlankInLine(t, from, to);
    nameEnd = Bytes.wordEnd(t, name, to);
    decider = -1;
    empty = false;
    functionLike = false;
    if (nameEnd == name || Bytes.classOf(t[name]) != Bytes.IDENTIFIER) {
      nameEnd = 0;
      return null;
    }
    int body = nameEnd;
    if (body < to && t[body] == '(') {
      functionLike = true;
      while (body < to && t[body] != ')') {
        body++;
      }
      body = Math.min(body + 1, to);
    }
    body = Bytes.skipBlankInLine(t, body, to);
    if (body >= to) {
      empty = true;
      return null;
    }
    byte first = Bytes.classOf(t[body]);
    if (first == Bytes.DIGIT || first == Bytes.QUOTE) {
      return null;
    }
    if (!functionLike && t[body] == '*' && Bytes.skipBlankInLine(t, body + 1, to) == to) {
      return MacroKind.POINTER;
    }
    if (first == Bytes.IDENTIFIER) {
      MacroKind kind = annotation(t, body, to, names);
      if (kind != null || decider >= 0) {
        return kind;
      }
    }
    return shape(t, body, to, names);
  }

  /** A replacement made of nothing but attributes, annotations and storage classes. */
  private MacroKind annotation(byte[] t, int body, int to, Names names) {
    boolean storage = false;
    boolean attribute = false;
    int unknown = -1;
    int unknownEnd = -1;
    int p = body;
    while (p < to) {
      if (Bytes.classOf(t[p]) != Bytes.IDENTIFIER) {
        return null;
      }
      int q = Bytes.wordEnd(t, p, to);
      int word = names.lookup(t, p, q, NameTable.hash(t, p, q));
      int next = Bytes.skipBlankInLine(t, q, to);
      int close = next < to && t[next] == '(' ? Bytes.closing(t, next, to) : -1;
      if (word == Word.STORAGE) {
        if (t[p] == 't') {
          return null;
        }
        storage |= t[p] == 's';
        attribute = true;
      } else if (word == Word.INLINE
          || word == Word.QUALIFIER
          || word == MacroKind.ANNOTATION.ordinal()) {
        attribute = true;
      } else if (word == MacroKind.STORAGE.ordinal()) {
        storage = true;
      } else if (word == Word.ATTRIBUTE
          || word == MacroKind.ANNOTATION_CALL.ordinal()
          || isPragma(t, p, q)) {
        if (close < 0) {
          return null;
        }
        attribute = true;
        next = Bytes.skipBlankInLine(t, close + 1, to);
      } else if (word == Word.NONE || word == MacroKind.MAYBE_ANNOTATION.ordinal()) {
        if (unknown >= 0 && !storage) {
          return null;
        }
        unknown = p;
        unknownEnd = q;
        if (close >= 0) {
          next = Bytes.skipBlankInLine(t, close + 1, to);
        }
      } else {
        return null;
      }
      p = next;
    }
    if (unknown >= 0 && !storage) {
      decider = unknown;
      deciderEnd = unknownEnd;
      decidesAnnotation = true;
      return null;
    }
    if (storage && !functionLike) {
      return MacroKind.STORAGE;
    }
    if (!attribute && !storage) {
      return null;
    }
    return functionLike ? MacroKind.ANNOTATION_CALL : MacroKind.ANNOTATION;
  }

  private static boolean isPragma(byte[] t, int from, int to) {
    return to - from == 7 && t[from] == '_' && t[from + 1] == 'P' && t[from + 6] == 'a';
  }

  /** How the replacement ends, and whether its braces are balanced. */
  private MacroKind shape(byte[] t, int body, int to, Names names) {
    int braces = 0;
    int lowest = 0;
    int parentheses = 0;
    boolean doSeen = false;
    // The head before the last parenthesis at the outermost level, and what stood before it.
    int head = Word.NONE;
    int headStart = -1;
    int headEnd = -1;
    boolean headIsName = false;
    byte beforeHead = 0;
    int word = Word.NONE;
    int wordStart = -1;
    int wordEnd = -1;
    byte beforeWord = 0;
    byte last = 0;
    int lastWord = Word.NONE;
    boolean paste = false;
    int p = body;
    while (p < to) {
      byte b = t[p];
      byte c = Bytes.classOf(b);
      if (c == Bytes.SPACE || c == Bytes.NEWLINE || b == '\\') {
        p++;
        continue;
      }
      if (b == '/' && Bytes.isComment(t, p, to)) {
        p = Bytes.commentEnd(t, p, to);
        continue;
      }
      if (c == Bytes.QUOTE) {
        p = Bytes.quoteEnd(t, p, to);
        last = '"';
        lastWord = Word.NONE;
        continue;
      }
      if (c == Bytes.IDENTIFIER || c == Bytes.DIGIT) {
        int q = Bytes.wordEnd(t, p, to);
        if (parentheses == 0) {
          word = c == Bytes.DIGIT ? Word.NONE : names.lookup(t, p, q, NameTable.hash(t, p, q));
          wordStart = p;
          wordEnd = q;
          beforeWord = last;
          doSeen |= word == Word.DO;
          lastWord = word;
        }
        last = 'a';
        p = q;
        continue;
      }
      switch (b) {
        case '(', '[' -> {
          if (parentheses++ == 0) {
            boolean named = last == 'a' && b == '(' && !paste;
            head = named ? word : Word.NONE;
            headIsName = named;
            headStart = wordStart;
            headEnd = wordEnd;
            beforeHead = beforeWord;
          }
        }
        case ')', ']' -> parentheses--;
        case '{' -> braces++;
        case '}' -> lowest = Math.min(lowest, --braces);
        default -> {}
      }
      if (b == '#') {
        paste = true;
      }
      last = b;
      if (parentheses == 0 && b != ')') {
        lastWord = Word.NONE;
      }
      p++;
    }
    if (parentheses != 0) {
      return null;
    }
    if (braces == 1 && lowest == 0) {
      return MacroKind.OPENS_BRACE;
    }
    if (braces == -1) {
      return MacroKind.CLOSES_BRACE;
    }
    if (braces != 0) {
      return null;
    }
    if (last == 'a' && lastWord == Word.ELSE) {
      return MacroKind.ITERATOR;
    }
    if (last == ')' && headIsName) {
      if (head == Word.FOR || head == MacroKind.ITERATOR.ordinal()) {
        return MacroKind.ITERATOR;
      }
      if (head == Word.CONTROL && t[headStart] == 'i') {
        return t[body] == 'i' ? MacroKind.CONDITION : MacroKind.ITERATOR;
      }
      if (head == Word.CONTROL && !doSeen && beforeHead != '}') {
        return MacroKind.ITERATOR;
      }
      if (head == Word.NONE && beforeHead != '.' && beforeHead != '>') {
        decider = headStart;
        deciderEnd = headEnd;
        decidesAnnotation = false;
      }
    }
    return null;
  }
}
