package org.gfplint.source;

/**
 * Macros that stand where declarations stand: they declare variables or fields, define functions,
 * or are not C at all.
 */
final class TopLevelMacros {
  private static final byte[] LONG = Bytes.ascii("long ");

  /**
   * A name with arguments that begins a declaration at file level.
   *
   * @param prefix where the declaration begins, if storage classes stand before the name
   * @param open the parenthesis
   * @return where to go on reading, or -1 if nothing was rewritten and the name is still to be read
   */
  int atFileLevel(byte[] t, int end, int prefix, int name, int nameEnd, int open, int word) {
    int close = Bytes.closing(t, open, end);
    if (close < 0) {
      return -1;
    }
    int next = Bytes.skipBlank(t, close + 1, end);
    byte b = next < end ? t[next] : 0;
    if (b == '{') {
      return defineFunction(t, name, nameEnd, open, close, word);
    }
    if (word == MacroKind.OPAQUE.ordinal()) {
      int comma = comma(t, open + 1, close);
      Bytes.blank(t, comma < 0 ? close : comma, close);
      Bytes.blank(t, prefix, name);
      return -1;
    }
    if (b == '=') {
      declareVariable(t, name, open, close);
      return name;
    }
    if (b == ';') {
      if (prefix < name) {
        // With a storage class the parser would take the macro for a type.
        Bytes.blank(t, prefix, name);
        return name;
      }
      return -1;
    }
    if (b == 0 || b == '#' || Bytes.classOf(b) == Bytes.IDENTIFIER) {
      boolean sameLine = true;
      for (int i = close; i < next; i++) {
        sameLine &= t[i] != '\n';
      }
      if (sameLine && b != 0) {
        // A type made by a macro.
        Bytes.blank(t, open, close + 1);
        return -1;
      }
      Bytes.blank(t, prefix, name);
      Bytes.blank(t, open, close);
      t[close] = ';';
      return -1;
    }
    return -1;
  }

  /** A name with arguments that begins a field of a struct. */
  int inFields(byte[] t, int end, int prefix, int name, int nameEnd, int open, int word) {
    int close = Bytes.closing(t, open, end);
    if (close < 0) {
      return -1;
    }
    if (word == MacroKind.GROUPS_FIELDS.ordinal()) {
      int skip =
          switch (nameEnd - name) {
            case 12 -> 1; // struct_group(name, fields)
            case 14 -> 3; // __struct_group(tag, name, attributes, fields)
            default -> 2; // struct_group_attr, struct_group_tagged
          };
      int p = open + 1;
      while (skip-- > 0 && p > 0) {
        p = comma(t, p, close) + 1;
      }
      if (p <= 0 || p - name < 8) {
        return -1;
      }
      Bytes.blank(t, name, p);
      System.arraycopy(Bytes.ascii("struct"), 0, t, name, 6);
      t[p - 1] = '{';
      t[close] = '}';
      return name;
    }
    for (int i = open; i < close; i++) {
      if (t[i] == ';') {
        // Fields as a macro's argument.
        Bytes.blank(t, name, open + 1);
        t[close] = ' ';
        return name;
      }
    }
    int next = Bytes.skipBlank(t, close + 1, end);
    if (next < end && (t[next] == ';' || t[next] == ':')) {
      declareVariable(t, name, open, close);
      return name;
    }
    if (next < end && (t[next] == '}' || Bytes.classOf(t[next]) == Bytes.IDENTIFIER)) {
      for (int i = close; i < next; i++) {
        if (t[i] == '\n') {
          if (isNumber(t, open + 1, close)) {
            Bytes.blank(t, name, close + 1);
            return name;
          }
          declareVariable(t, name, open, close);
          t[close] = ';';
          return name;
        }
      }
    }
    return -1;
  }

  /** From {@code MACRO(type, name)} or {@code MACRO(name, ...)} makes {@code type name}. */
  static void declareVariable(byte[] t, int name, int open, int close) {
    int comma = comma(t, open + 1, close);
    int second = comma < 0 ? close : comma(t, comma + 1, close);
    if (comma >= 0
        && (looksLikeType(t, open + 1, comma)
            || second < 0 && isName(t, comma + 1, close) && !isName(t, open + 1, comma))) {
      Bytes.blank(t, name, open + 1);
      t[comma] = ' ';
      Bytes.blank(t, second < 0 ? close : second, close + 1);
    } else {
      t[open] = ' ';
      Bytes.blank(t, comma < 0 ? close : comma, close + 1);
    }
  }

  private static boolean looksLikeType(byte[] t, int from, int to) {
    int p = Bytes.skipBlank(t, from, to);
    int q = Bytes.wordEnd(t, p, to);
    int word = MacroDictionary.builtIn().lookup(t, p, q, NameTable.hash(t, p, q));
    if (word >= Word.AGGREGATE && word <= Word.QUALIFIER || word == Word.TYPEOF) {
      return true;
    }
    // u8, u32, __be16, foo_t, and any pointer.
    boolean fixedWidth =
        q - p >= 2 && (t[p] == 'u' || t[p] == 's') && t[p + 1] >= '1' && t[p + 1] <= '9';
    boolean suffix = q - p > 2 && t[q - 1] == 't' && t[q - 2] == '_';
    int last = to - 1;
    while (last > p && Bytes.classOf(t[last]) != Bytes.PUNCTUATION && !Bytes.isWord(t[last])) {
      last--;
    }
    return fixedWidth || suffix || t[last] == '*';
  }

  private static boolean isNumber(byte[] t, int from, int to) {
    int p = Bytes.skipBlank(t, from, to);
    return p < to && Bytes.classOf(t[p]) == Bytes.DIGIT;
  }

  private static boolean isName(byte[] t, int from, int to) {
    int p = Bytes.skipBlank(t, from, to);
    int q = Bytes.wordEnd(t, p, to);
    return q > p && Bytes.classOf(t[p]) == Bytes.IDENTIFIER && Bytes.skipBlank(t, q, to) == to;
  }

  /** A macro call with a body behind it: it defines a function. */
  private static int defineFunction(
      byte[] t, int name, int nameEnd, int open, int close, int word) {
    int comma = comma(t, open + 1, close);
    int firstEnd = comma < 0 ? close : comma;
    int first = Bytes.skipBlank(t, open + 1, firstEnd);
    int firstNameEnd = Bytes.wordEnd(t, first, firstEnd);
    boolean plain =
        firstNameEnd > first
            && Bytes.classOf(t[first]) == Bytes.IDENTIFIER
            && Bytes.skipBlank(t, firstNameEnd, firstEnd) == firstEnd;
    if (!plain) {
      return -1;
    }
    byte[] prefix =
        Bytes.ascii(word == MacroKind.DEFINES_CALL.ordinal() ? callPrefix(t, name, nameEnd) : "");
    // "long" and its blank, the prefix, the name, two parentheses.
    if (comma < 0) {
      int length = firstNameEnd - first;
      int target = close - 1 - length;
      if (target - prefix.length - LONG.length < name) {
        return -1;
      }
      byte[] copy = java.util.Arrays.copyOfRange(t, first, firstNameEnd);
      Bytes.blank(t, name, close + 1);
      System.arraycopy(LONG, 0, t, name, LONG.length);
      System.arraycopy(prefix, 0, t, target - prefix.length, prefix.length);
      System.arraycopy(copy, 0, t, target, length);
      t[close - 1] = '(';
      t[close] = ')';
      return name;
    }
    if (first - prefix.length - LONG.length < name) {
      return -1;
    }
    Bytes.blank(t, name, first);
    System.arraycopy(LONG, 0, t, name, LONG.length);
    System.arraycopy(prefix, 0, t, first - prefix.length, prefix.length);
    Bytes.blank(t, firstNameEnd, comma);
    t[comma] = '(';
    if (word == MacroKind.DEFINES_CALL.ordinal()) {
      int p = comma + 1;
      while (true) {
        int separator = comma(t, p, close);
        int bracket = Bytes.wordEnd(t, Bytes.skipBlank(t, p, close), close);
        if (bracket < close && t[bracket] == '(') {
          // SC_ARG64(name) and SC_VAL64(type, name) stand for a whole parameter.
          int inner = Bytes.closing(t, bracket, close);
          int comma2 = inner < 0 ? -1 : comma(t, bracket + 1, inner);
          if (comma2 >= 0) {
            Bytes.blank(t, p, bracket + 1);
            t[comma2] = ' ';
          }
          t[bracket] = ' ';
          if (inner >= 0) {
            t[inner] = ' ';
          }
          if (separator < 0) {
            break;
          }
          p = separator + 1;
          continue;
        }
        if (separator < 0) {
          break;
        }
        t[separator] = ' ';
        p = comma(t, separator + 1, close) + 1;
        if (p <= 0) {
          break;
        }
      }
    } else {
      Bytes.blank(t, comma + 1, close);
    }
    return name;
  }

  /** What the kernel's macro puts before the name: {@code __do_sys_} as in syscall_wrapper.h. */
  private static String callPrefix(byte[] t, int name, int nameEnd) {
    if (t[name] == 'B') {
      return "";
    }
    return t[name] == 'C' ? "__do_compat_sys_" : "__do_sys_";
  }

  /** The next comma outside brackets, or -1. */
  private static int comma(byte[] t, int p, int end) {
    while (p < end) {
      byte b = t[p];
      if (b == ',') {
        return p;
      }
      if (b == '"' || b == '\'') {
        p = Bytes.quoteEnd(t, p, end);
      } else if (b == '/' && Bytes.isComment(t, p, end)) {
        p = Bytes.commentEnd(t, p, end);
      } else if (b == '(' || b == '[' || b == '{') {
        int q = Bytes.closing(t, p, end);
        if (q < 0) {
          return -1;
        }
        p = q + 1;
      } else {
        p++;
      }
    }
    return -1;
  }
}
