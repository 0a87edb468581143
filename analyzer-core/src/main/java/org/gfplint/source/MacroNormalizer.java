package org.gfplint.source;

/**
 * Rewrites kernel C so that a parser of plain C understands it: annotations vanish, iterator macros
 * become loops, types given to macros become names, {@code #if} groups that cut through a statement
 * are resolved. Length and line breaks never change, so every offset stays the file's own.
 *
 * <p>One pass over the bytes. The text need not be valid C: whatever is not understood is left as
 * it is. Not thread safe; one per thread, to be used again for each file.
 */
public final class MacroNormalizer {
  private static final byte[] WHILE = Bytes.ascii("while");
  private static final byte[] WHILE_ONE = Bytes.ascii("while(1)");
  private static final byte[] GUARD = Bytes.ascii("while(guard,");
  private static final byte[] SIZEOF = Bytes.ascii("sizeof");
  private static final byte[] ASM = Bytes.ascii("asm");
  private static final byte[] ASM_GOTO = Bytes.ascii("asm goto");
  private static final byte[] GOTO = Bytes.ascii("goto");
  private static final byte[] FOR_EACH = Bytes.ascii("for_each");
  private static final byte[] FOREACH = Bytes.ascii("foreach");
  private static final byte[] FOR = Bytes.ascii("for");
  private static final byte[] UNDEF = Bytes.ascii("undef");
  private static final byte[] DO = Bytes.ascii("do");

  private final MacroDictionary dictionary;
  private final NameTable local = new NameTable();
  private final Nesting nest = new Nesting();
  private final Conditionals conditionals = new Conditionals();
  private final MacroDefinition definition = new MacroDefinition();
  private final TopLevelMacros topLevel = new TopLevelMacros();

  private byte[] t;
  private int end;
  private int pos;
  private boolean lineStart;
  private long fingerprint;

  public MacroNormalizer(MacroDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /**
   * Rewrites in place.
   *
   * @param text the file; bytes from {@code length} on are not touched
   * @return fingerprint of the dictionary entries for the names that occur in the file: as long as
   *     file and fingerprint are the same, so is the result
   */
  public long normalize(byte[] text, int length) {
    t = text;
    end = length;
    pos = 0;
    lineStart = true;
    fingerprint = 0;
    nest.reset();
    conditionals.reset();
    local.clear();
    if (length >= 3 && t[0] == (byte) 0xef && t[1] == (byte) 0xbb && t[2] == (byte) 0xbf) {
      pos = 3;
    }
    while (pos < end) {
      byte b = t[pos];
      switch (Bytes.classOf(b)) {
        case Bytes.SPACE -> pos++;
        case Bytes.NEWLINE -> {
          lineStart = true;
          pos++;
        }
        case Bytes.IDENTIFIER -> identifier();
        case Bytes.DIGIT -> {
          int from = pos;
          pos = Bytes.numberEnd(t, pos, end);
          if (!Bytes.isNumber(t, from, pos)) {
            // Pasted to something by a macro.
            t[from] = '_';
            token(Nesting.IDENTIFIER, from, pos, Word.NONE);
          } else {
            token(Nesting.NUMBER, from, pos, Word.NONE);
          }
        }
        case Bytes.QUOTE -> {
          int from = pos;
          pos = Bytes.quoteEnd(t, pos, end);
          token(b == '"' ? Nesting.STRING : Nesting.NUMBER, from, pos, Word.NONE);
        }
        default -> punctuation(b);
      }
    }
    t = null;
    return fingerprint;
  }

  // Tokens.

  private void token(int type, int from, int to, int word) {
    lineStart = false;
    if (conditionals.isInside()) {
      conditionals.token(word == Word.ELSE || type == '{' && !nest.has(Nesting.START));
    }
    int d = nest.depth;
    if (nest.kind[d] <= Nesting.FIELDS) {
      if ((nest.state[d] & Nesting.START) != 0) {
        nest.state[d] &= ~(Nesting.START | Nesting.SUBSTATEMENT);
        nest.statement[d] = from;
      }
      if (word != Word.STORAGE && word != Word.QUALIFIER && word != Word.INLINE) {
        nest.tokens[d]++;
      } else {
        nest.state[d] |= Nesting.DECLARATION;
      }
    }
    nest.beforeLast = nest.last;
    nest.last = type;
    nest.lastStart = from;
    nest.lastEnd = to;
    nest.lastWord = word;
  }

  private void identifier() {
    int from = pos;
    int h = 0;
    int p = pos;
    for (; p < end && Bytes.isWord(t[p]); p++) {
      h = h * 31 + t[p];
    }
    pos = p;
    int hash = NameTable.spread(h);
    int word = Word.NONE;
    if (local.size() > 0) {
      word = local.get(t, from, p, hash);
    }
    if (word < 0) {
      word = dictionary.lookup(t, from, p, hash);
      if (word < 0) {
        name(from, p, word);
        return;
      }
      consulted(hash, word);
    }
    if (nest.last == '.' || nest.last == Nesting.ARROW) {
      token(Nesting.IDENTIFIER, from, p, Word.NONE);
    } else if (word < Word.FIRST) {
      macro(from, p, MacroKind.of(word));
    } else {
      keyword(from, p, word);
    }
  }

  /** Each entry for a name in the file counts, as often as it is looked at. */
  private void consulted(int hash, int word) {
    if (word >= 0 && word < Word.FIRST) {
      // Mixed before it is added: else two names that trade their kinds would make no difference.
      long entry = (((long) hash << 8) + word + 1) * 0x9E3779B97F4A7C15L;
      entry = (entry ^ entry >>> 32) * 0xD6E8FEB86659FD93L;
      fingerprint += entry ^ entry >>> 32;
    }
  }

  /** An identifier that is neither keyword nor annotation. */
  private void name(int from, int to, int word) {
    int d = nest.depth;
    byte kind = nest.kind[d];
    if (kind == Nesting.CALL) {
      if (word == MacroKind.ITERATOR.ordinal()
          && nextByte(to) == '('
          && unwrapStatements(d, from)) {
        return;
      }
      if (nest.last == ')'
          && nest.lastClosed == Nesting.CALL
          && t[from - 1] <= ' '
          && t[from - 1] != '\n') {
        // Calls in a row, for a macro that makes a list of them.
        t[from - 1] = ',';
        nest.last = ',';
      }
      if (nest.last == Nesting.NUMBER) {
        // A unit, as in "4 KB".
        Bytes.blank(t, from, to);
        return;
      }
      if (nest.last == Nesting.IDENTIFIER) {
        // "int x" as a macro's argument: only the name can be an expression.
        Bytes.blank(t, nest.lastStart, nest.lastEnd);
        nest.last = nest.beforeLast;
      }
    } else if ((kind == Nesting.FILE || kind == Nesting.FIELDS)
        && nest.tokens[d] == 0
        && (nest.state[d] & (Nesting.ASSIGNED | Nesting.TYPEDEF)) == 0) {
      int open = Bytes.skipBlank(t, to, end);
      if (open < end && t[open] == '(') {
        int prefix = nest.has(Nesting.START) ? from : nest.statement[d];
        int resume =
            kind == Nesting.FILE
                ? topLevel.atFileLevel(t, end, prefix, from, to, open, word)
                : topLevel.inFields(t, end, prefix, from, to, open, word);
        if (resume >= 0) {
          if (prefix < from && t[prefix] == ' ') {
            // The storage class went; the statement begins here.
            nest.endStatement(resume);
          }
          pos = resume;
          return;
        }
      }
    }
    if (kind <= Nesting.FIELDS
        && (nest.last == Nesting.IDENTIFIER
            || nest.last == Nesting.KEYWORD && nest.lastWord == Word.TYPE)
        && nest.tokens[d] > 0
        && (nest.state[d] & (Nesting.ASSIGNED | Nesting.CASE | Nesting.START)) == 0
        && isPassedOver(from, to)) {
      // A type, this, a name: an annotation that only other files explain.
      Bytes.blank(t, from, to);
      return;
    }
    if (kind == Nesting.GROUP && nest.last == Nesting.IDENTIFIER && nextByte(to) == '"') {
      // Names in a row before a string: one is understood there.
      Bytes.blank(t, nest.lastStart, nest.lastEnd);
    }
    if (nest.last == Nesting.NUMBER && kind != Nesting.FILE) {
      Bytes.blank(t, from, to);
      return;
    }
    if (nest.isInList()) {
      separateItems(from);
    }
    if ((kind == Nesting.BODY || kind == Nesting.FILE)
        && nest.has(Nesting.START)
        && isStatementMacro(from, to, kind == Nesting.BODY)) {
      token(Nesting.IDENTIFIER, from, to, word);
      insertSemicolon(from, to, to - 1);
      return;
    }
    if (kind == Nesting.BODY
        && nest.tokens[d] == 0
        && !nest.has(Nesting.START)
        && variableWithStorage(from, to, d)) {
      return;
    }
    token(Nesting.IDENTIFIER, from, to, word);
  }

  /** Macros in a row, each of which brings items and their commas. */
  private void separateItems(int from) {
    boolean afterMacro =
        nest.last == Nesting.IDENTIFIER && nest.beforeLast != '.'
            || nest.last == ')' && nest.lastClosed == Nesting.CALL;
    if (afterMacro && from > 0 && isBlank(from - 1)) {
      t[from - 1] = ',';
      nest.last = ',';
    }
  }

  /** True if a type stands before the name and what is declared behind it. */
  private boolean isPassedOver(int from, int to) {
    int p = Bytes.skipBlank(t, to, end);
    if (p < end && t[p] == '*' && nest.last == Nesting.KEYWORD) {
      return true;
    }
    if (p >= end || Bytes.classOf(t[p]) != Bytes.IDENTIFIER) {
      return false;
    }
    int q = Bytes.wordEnd(t, p, end);
    int next = lookup(t, p, q, NameTable.hash(t, p, q));
    return next < 0 || next >= Word.FIRST && next != Word.ATTRIBUTE && next != Word.ASM;
  }

  /** A name alone on its line, with something on the next that cannot go on with it. */
  private boolean isStatementMacro(int from, int to, boolean inCode) {
    int p = to;
    while (p < end && Bytes.classOf(t[p]) == Bytes.SPACE) {
      p++;
    }
    if (p < end && t[p] == '/' && Bytes.isComment(t, p, end)) {
      p = Bytes.commentEnd(t, p, end);
      while (p < end && Bytes.classOf(t[p]) == Bytes.SPACE) {
        p++;
      }
    }
    if (p >= end || t[p] != '\n') {
      return false;
    }
    p = Bytes.skipBlank(t, p, end);
    return p < end
        && (t[p] == '#' && endsStatement(p)
            || inCode && (t[p] == '}' || Bytes.classOf(t[p]) == Bytes.IDENTIFIER));
  }

  /** {@code static DEFINE_X(...)} in a function. */
  private boolean variableWithStorage(int from, int to, int d) {
    int open = Bytes.skipBlank(t, to, end);
    if (open >= end || t[open] != '(') {
      return false;
    }
    int close = Bytes.closing(t, open, end);
    byte next = close < 0 ? 0 : nextByte(close + 1);
    if (next != ';' && next != '=') {
      return false;
    }
    if (next == '=') {
      TopLevelMacros.declareVariable(t, from, open, close);
    }
    Bytes.blank(t, nest.statement[d], from);
    nest.endStatement(from);
    pos = from;
    return true;
  }

  private void macro(int from, int to, MacroKind kind) {
    switch (kind) {
      case ANNOTATION -> Bytes.blank(t, from, to);
      case ANNOTATION_CALL -> annotationCall(from, to);
      case MAYBE_ANNOTATION -> {
        int next = Bytes.skipBlank(t, to, end);
        boolean between =
            next < end
                && (Bytes.classOf(t[next]) == Bytes.IDENTIFIER
                    || t[next] == '*'
                        && (nest.last == Nesting.IDENTIFIER || nest.last == Nesting.KEYWORD))
                && (nest.last == Nesting.IDENTIFIER
                    || nest.last == Nesting.KEYWORD
                    || nest.last == '*'
                    || nest.holdsStatements() && nest.has(Nesting.START));
        if (between) {
          Bytes.blank(t, from, to);
        } else {
          name(from, to, Word.NONE);
        }
      }
      case POINTER -> {
        Bytes.blank(t, from, to);
        t[from] = '*';
        token('*', from, from + 1, Word.NONE);
      }
      case STORAGE -> {
        Bytes.overwrite(t, from, to, Bytes.ascii(to - from >= 6 ? "static" : ""));
        if (to - from >= 6) {
          token(Nesting.KEYWORD, from, to, Word.STORAGE);
        }
      }
      default -> name(from, to, kind.ordinal());
    }
  }

  private void annotationCall(int from, int to) {
    int open = Bytes.skipBlank(t, to, end);
    boolean operand =
        switch (nest.last) {
          case Nesting.IDENTIFIER, Nesting.KEYWORD, ')', ']', '}', '*' -> false;
          default -> true;
        };
    byte kind = nest.kind[nest.depth];
    boolean inCode = kind != Nesting.FILE && kind != Nesting.FIELDS && kind != Nesting.PARAMETERS;
    if (open >= end || t[open] != '(' || inCode && operand) {
      name(from, to, Word.NONE);
      return;
    }
    int close = Bytes.closing(t, open, end);
    if (close < 0) {
      name(from, to, Word.NONE);
      return;
    }
    Bytes.blank(t, from, close + 1);
    pos = close + 1;
  }

  private void keyword(int from, int to, int word) {
    int d = nest.depth;
    boolean argument = nest.kind[d] == Nesting.CALL;
    switch (word) {
      case Word.AGGREGATE, Word.ENUM -> {
        if (argument) {
          Bytes.blank(t, from, to);
          return;
        }
        token(Nesting.KEYWORD, from, to, word);
        nest.set(Nesting.DECLARATION | (word == Word.ENUM ? Nesting.ENUM : Nesting.AGGREGATE));
      }
      case Word.TYPE -> {
        if (argument) {
          if (nest.last == Nesting.IDENTIFIER && nest.lastWord == Word.TYPE) {
            Bytes.blank(t, from, to);
          } else {
            capitalize(from, to);
            token(Nesting.IDENTIFIER, from, to, Word.TYPE);
          }
          return;
        }
        token(Nesting.KEYWORD, from, to, word);
        nest.set(Nesting.DECLARATION);
      }
      case Word.QUALIFIER, Word.STORAGE, Word.INLINE -> {
        if (argument) {
          Bytes.blank(t, from, to);
          return;
        }
        boolean typedef = word == Word.STORAGE && t[from] == 't';
        token(Nesting.KEYWORD, from, to, word);
        if (typedef) {
          nest.set(Nesting.TYPEDEF);
        }
      }
      case Word.ATTRIBUTE -> {
        int open = Bytes.skipBlank(t, to, end);
        int close = open < end && t[open] == '(' ? Bytes.closing(t, open, end) : -1;
        if (close >= 0) {
          Bytes.blank(t, from, close + 1);
          pos = close + 1;
        } else {
          token(Nesting.IDENTIFIER, from, to, Word.NONE);
        }
      }
      case Word.TYPEOF -> {
        int open = Bytes.skipBlank(t, to, end);
        int close = open < end && t[open] == '(' ? Bytes.closing(t, open, end) : -1;
        if (close >= 0) {
          Bytes.blank(t, open, close + 1);
          pos = close + 1;
        }
        token(Nesting.IDENTIFIER, from, to, Word.NONE);
        if (!argument) {
          nest.set(Nesting.DECLARATION);
        }
      }
      case Word.ALIGNOF -> {
        // A parser takes only types as operand; as a size any expression will do.
        Bytes.overwrite(t, from, to, SIZEOF);
        token(Nesting.KEYWORD, from, to, Word.SIZEOF);
      }
      case Word.OFFSETOF -> {
        // Members like a.b[1] are understood only in a call.
        capitalize(from, to);
        name(from, to, Word.NONE);
      }
      case Word.ASM -> inlineAssembly(from, to);
      case Word.DO, Word.ELSE -> {
        token(Nesting.KEYWORD, from, to, word);
        if (nest.holdsStatements()) {
          nest.endStatement(to);
          nest.set(Nesting.SUBSTATEMENT);
        }
      }
      case Word.CASE, Word.DEFAULT -> {
        token(Nesting.KEYWORD, from, to, word);
        nest.set(Nesting.CASE);
      }
      case Word.RETURN, Word.GOTO, Word.JUMP -> {
        if (argument) {
          Bytes.blank(t, from, to);
          if (word == Word.JUMP) {
            t[from] = '0';
            token(Nesting.NUMBER, from, from + 1, Word.NONE);
          }
          return;
        }
        token(Nesting.KEYWORD, from, to, word);
        if (word == Word.GOTO) {
          int star = Bytes.skipBlank(t, to, end);
          if (star < end && t[star] == '*') {
            Bytes.blank(t, from, star + 1);
            pos = star + 1;
          }
        }
      }
      case Word.CONTROL, Word.FOR -> {
        if (!argument || !unwrapStatements(d, from)) {
          token(Nesting.KEYWORD, from, to, word);
        }
      }
      default -> token(Nesting.KEYWORD, from, to, word);
    }
  }

  /** A macro around statements, as in {@code DEBUG(if (x) y();)}: the macro becomes braces. */
  private boolean unwrapStatements(int d, int from) {
    int open = nest.open[d];
    int name = nest.name[d];
    if (nest.last != '(' && nest.last != ',') {
      return false;
    }
    int close = Bytes.closing(t, open, end);
    if (close < 0) {
      return false;
    }
    int brace = nest.lastStart;
    if ((nest.state[d] & Nesting.AT_START) == 0 || nest.kind[d - 1] != Nesting.BODY) {
      // Braces are understood as an argument, where there is room for them.
      int before = from - 1;
      int after = close - 1;
      if (isBlank(before) && isBlank(after)) {
        t[before] = '{';
        t[after] = '}';
        pos = before;
        return true;
      }
      return false;
    }
    unwrap(name, brace, close);
    return true;
  }

  /** Whether all that stands between the semicolon and the bracket is a jump. */
  private boolean jumpsAtEnd(int semicolon, int close) {
    int p = Bytes.skipBlank(t, semicolon + 1, close);
    int to = Bytes.wordEnd(t, p, close);
    int word = lookup(t, p, to, NameTable.hash(t, p, to));
    if (word != Word.GOTO && word != Word.RETURN && word != Word.JUMP) {
      return false;
    }
    for (int i = to; i < close; i = afterLiteral(i)) {
      if (t[i] == ';') {
        return false;
      }
    }
    return true;
  }

  /** From {@code CHECK(x, r = 1; goto out)} makes {@code if (x, r = 1) goto out;}. */
  private boolean jumpIf(int name, int open) {
    if (open - name < 2) {
      return false;
    }
    Bytes.overwrite(t, name, open, Bytes.ascii("if"));
    nest.depth--;
    nest.endStatement(name);
    pos = name;
    return true;
  }

  private void unwrap(int name, int brace, int close) {
    Bytes.blank(t, name, brace);
    t[brace] = '{';
    t[close] = '}';
    nest.depth--;
    nest.endStatement(name);
    pos = brace;
  }

  private boolean isBlank(int p) {
    return t[p] == ' ' || t[p] == '\t';
  }

  /** Makes an identifier of a keyword. */
  private void capitalize(int from, int to) {
    int p = from;
    while (p < to - 1 && t[p] == '_') {
      p++;
    }
    if (t[p] >= 'a' && t[p] <= 'z') {
      t[p] -= 32;
    }
  }

  /**
   * Inline assembly: its operands are no expressions that matter, and their syntax depends on
   * macros. Only the labels that it may jump to are kept.
   */
  private void inlineAssembly(int from, int to) {
    boolean jumps = Bytes.contains(t, from, to, GOTO);
    int p = Bytes.skipBlank(t, to, end);
    while (p < end && Bytes.classOf(t[p]) == Bytes.IDENTIFIER) {
      int wordEnd = Bytes.wordEnd(t, p, end);
      jumps |= Bytes.equals(t, p, wordEnd, GOTO);
      p = Bytes.skipBlank(t, wordEnd, end);
    }
    int close = p < end && t[p] == '(' ? Bytes.closing(t, p, end, true) : -1;
    if (close < 0) {
      token(Nesting.IDENTIFIER, from, to, Word.NONE);
      return;
    }
    boolean statement =
        nest.holdsStatements() && nest.has(Nesting.START) || nest.last == '(' && nest.depth > 0;
    if (!statement) {
      // The register or the symbol name of a declaration.
      Bytes.blank(t, from, close + 1);
      pos = close + 1;
      return;
    }
    int labels = jumps ? labels(p + 1, close) : -1;
    // The blanks up to the parenthesis may hold comments: everything there goes.
    Bytes.blank(t, from, p);
    if (labels >= 0 && p - from >= ASM_GOTO.length && labels - p > 6) {
      Bytes.overwrite(t, from, p, ASM_GOTO);
      fill(p + 1, labels, "\"\"::::");
    } else {
      Bytes.overwrite(t, from, p, ASM);
      fill(p + 1, close, "\"\"");
    }
    pos = close + 1;
    token(Nesting.IDENTIFIER, from, from + 3, Word.NONE);
    nest.last = ')';
    nest.lastClosed = Nesting.GROUP;
  }

  /** Blanks and writes the text where there is room for each of its characters. */
  private void fill(int from, int to, String text) {
    Bytes.blank(t, from, to);
    int i = 0;
    for (int p = from; p < to && i < text.length(); p++) {
      if (t[p] == ' ') {
        t[p] = (byte) text.charAt(i++);
      } else if (i == 1) {
        // A line break inside the string that was begun: begin again behind it.
        Bytes.blank(t, from, p);
        i = 0;
      }
    }
  }

  /** Behind the fourth colon outside brackets, or -1. */
  private int labels(int p, int close) {
    int colons = 0;
    while (p < close) {
      byte b = t[p];
      if (b == '"' || b == '\'') {
        p = Bytes.quoteEnd(t, p, close);
      } else if (b == '/' && Bytes.isComment(t, p, close)) {
        p = Bytes.commentEnd(t, p, close);
      } else if (b == '(' || b == '[' || b == '{') {
        int q = Bytes.closing(t, p, close);
        if (q < 0) {
          return -1;
        }
        p = q + 1;
      } else {
        p++;
        if (b == ':' && ++colons == 4) {
          return p;
        }
      }
    }
    return -1;
  }

  private void punctuation(byte b) {
    int from = pos;
    switch (b) {
      case '#' -> {
        if (lineStart) {
          directive();
        } else {
          t[pos++] = ' ';
        }
      }
      case '/' -> {
        if (Bytes.isComment(t, pos, end)) {
          pos = Bytes.commentEnd(t, pos, end);
          blankOpenComment(from, pos);
        } else {
          operator();
        }
      }
      case '\\' -> pos++;
      case '(' -> openParenthesis();
      case ')' -> closeParenthesis();
      case '[' -> {
        pos++;
        token('[', from, pos, Word.NONE);
        nest.push(Nesting.INDEX, from, 0);
      }
      case ']' -> {
        pos++;
        if (nest.kind[nest.depth] == Nesting.INDEX) {
          pop();
        }
        token(']', from, pos, Word.NONE);
      }
      case '{' -> openBrace();
      case '}' -> closeBrace();
      case ';' -> semicolon();
      case ',' -> {
        if (nest.kind[nest.depth] == Nesting.CALL) {
          endArgument(from, false);
        } else if (nest.kind[nest.depth] == Nesting.BODY && nest.has(Nesting.START)) {
          // Between the statements that a macro was given.
          t[from] = ';';
        }
        pos++;
        if (t[from] == ',') {
          token(',', from, pos, Word.NONE);
        }
      }
      case ':' -> colon();
      case '?' -> {
        pos++;
        nest.ternary[nest.depth]++;
        token('?', from, pos, Word.NONE);
      }
      case '*' -> {
        pos++;
        token('*', from, pos, Word.NONE);
      }
      case '.' -> {
        if (pos + 2 < end && t[pos + 1] == '.' && t[pos + 2] == '.') {
          pos += 3;
          if (nest.has(Nesting.CASE) || nest.kind[nest.depth] == Nesting.INDEX) {
            t[from] = ' ';
            t[from + 1] = '|';
            t[from + 2] = ' ';
            token(Nesting.OPERATOR, from, pos, Word.NONE);
          } else {
            token(Nesting.ELLIPSIS, from, pos, Word.NONE);
          }
        } else if (nest.kind[nest.depth] == Nesting.CALL
            && (nest.last == '(' || nest.last == ',')) {
          t[pos++] = ' ';
        } else {
          if (nest.kind[nest.depth] == Nesting.INITIALIZER && nest.last != ']') {
            separateItems(from);
          }
          pos++;
          token('.', from, pos, Word.NONE);
        }
      }
      default -> operator();
    }
  }

  private void operator() {
    int from = pos;
    byte b = t[pos];
    byte c = pos + 1 < end ? t[pos + 1] : 0;
    if (b == '-' && c == '>') {
      pos += 2;
      token(Nesting.ARROW, from, pos, Word.NONE);
      return;
    }
    pos++;
    if (c == '=' && b != '~' || c == b && (b == '&' || b == '|' || b == '<' || b == '>')) {
      pos++;
      if ((b == '<' || b == '>') && c == b && pos < end && t[pos] == '=') {
        pos++;
      }
    }
    boolean assigns =
        t[pos - 1] == '='
            && !(c == '=' && (b == '=' || b == '!' || b == '<' || b == '>') && pos - from == 2);
    if (b == '&' && c == '&' && isOperandExpected()) {
      // The address of a label.
      t[from] = ' ';
    }
    token(pos - from == 1 ? b : Nesting.OPERATOR, from, pos, Word.NONE);
    if (assigns && nest.holdsStatements()) {
      nest.set(Nesting.ASSIGNED);
    }
  }

  private boolean isOperandExpected() {
    return switch (nest.last) {
      case Nesting.IDENTIFIER, Nesting.NUMBER, Nesting.STRING, ')', ']', '}' -> false;
      case Nesting.KEYWORD -> nest.lastWord == Word.RETURN;
      default -> true;
    };
  }

  // Brackets.

  private void openParenthesis() {
    int from = pos++;
    byte kind = Nesting.GROUP;
    int flags = 0;
    int d = nest.depth;
    int name = -1;
    int nameEnd = -1;
    int word = Word.NONE;
    if (nest.last == Nesting.KEYWORD) {
      if (nest.lastWord == Word.FOR) {
        kind = Nesting.FOR_HEAD;
        flags = Nesting.CONTROL;
      } else if (nest.lastWord == Word.CONTROL) {
        flags = Nesting.CONTROL;
      }
    } else if (nest.last == Nesting.IDENTIFIER && !isPointerGroup(pos)) {
      name = nest.lastStart;
      nameEnd = nest.lastEnd;
      word = nest.lastWord;
      if (nest.holdsStatements()) {
        if (nest.tokens[d] == 1) {
          kind = Nesting.CALL;
          flags = Nesting.AT_START;
        } else {
          kind = isDeclarator() ? Nesting.PARAMETERS : Nesting.CALL;
        }
      } else {
        kind = nest.kind[d] == Nesting.PARAMETERS ? Nesting.PARAMETERS : Nesting.CALL;
      }
      if (nest.beforeLast == Nesting.STRING) {
        flags |= Nesting.AFTER_STRING;
      }
      if (word == MacroKind.OPAQUE.ordinal() && kind == Nesting.CALL) {
        kind = Nesting.GROUP;
      }
    } else if (nest.last == Nesting.STRING && nest.kind[d] == Nesting.CALL) {
      // An operand of inline assembly, passed to a macro.
      nest.set(Nesting.NOT_C);
    }
    token('(', from, pos, Word.NONE);
    nest.push(kind, from, flags);
    d = nest.depth;
    nest.name[d] = name;
    nest.nameEnd[d] = nameEnd;
    nest.nameWord[d] = word;
  }

  /** True for {@code (*)} and {@code (*name)(}: no arguments, but part of a type. */
  private boolean isPointerGroup(int p) {
    p = Bytes.skipBlank(t, p, end);
    if (p >= end || t[p] != '*') {
      return false;
    }
    p = Bytes.skipBlank(t, p + 1, end);
    return p < end && t[p] == ')';
  }

  /** In a statement whose name before a parenthesis is not its first token. */
  private boolean isDeclarator() {
    if (nest.has(Nesting.ASSIGNED)) {
      return false;
    }
    boolean declares = nest.has(Nesting.DECLARATION) || nest.kind[nest.depth] != Nesting.BODY;
    return switch (nest.beforeLast) {
      case Nesting.IDENTIFIER -> true;
      case Nesting.KEYWORD, '*' -> declares;
      default -> declares && nest.beforeLast != ',' && nest.kind[nest.depth] != Nesting.BODY;
    };
  }

  private void pop() {
    nest.lastClosed = nest.kind[nest.depth];
    nest.depth--;
    if (conditionals.isInside()) {
      conditionals.closed(nest.depth);
    }
  }

  private void closeParenthesis() {
    int from = pos++;
    if (nest.kind[nest.depth] == Nesting.INDEX) {
      pop();
    }
    int d = nest.depth;
    byte kind = nest.kind[d];
    if (kind < Nesting.CALL) {
      token(')', from, pos, Word.NONE);
      nest.lastClosed = Nesting.GROUP;
      return;
    }
    int flags = nest.state[d];
    int open = nest.open[d];
    int name = nest.name[d];
    int nameEnd = nest.nameEnd[d];
    int word = nest.nameWord[d];
    if (kind == Nesting.CALL) {
      endArgument(from, true);
    }
    pop();
    token(')', from, pos, Word.NONE);
    nest.lastClosed = kind;
    if ((flags & Nesting.CONTROL) != 0) {
      if (nest.holdsStatements()) {
        nest.endStatement(pos);
        nest.set(Nesting.SUBSTATEMENT);
      }
    } else if (kind == Nesting.CALL) {
      if ((flags & Nesting.NOT_C) != 0) {
        Bytes.blank(t, open + 1, from);
      }
      if (nest.kind[nest.depth] == Nesting.ENUMERATORS && isItem(name)) {
        Bytes.blank(t, open, from + 1);
        nest.last = Nesting.IDENTIFIER;
      } else if (word == MacroKind.CLOSES_BRACE.ordinal()
          && (flags & Nesting.AT_START) == 0
          && from + 1 - name >= 3) {
        Bytes.blank(t, name, from + 1);
        t[name] = '0';
        t[name + 1] = ';';
        t[name + 2] = '}';
        pos = name + 1;
      } else if ((flags & Nesting.AT_START) != 0) {
        endOfCallStatement(name, nameEnd, open, from, word);
      } else if ((flags & Nesting.AFTER_STRING) != 0 || isStringNext(pos)) {
        // Part of a string of several literals: a bare name is understood there, a call is not.
        Bytes.blank(t, open, from + 1);
        nest.last = Nesting.STRING;
      }
    }
  }

  /** Nothing but a comma or the brace stands before the name. */
  private boolean isItem(int name) {
    int p = name - 1;
    while (p > 0 && t[p] <= ' ') {
      p--;
    }
    return t[p] == ',' || t[p] == '{' || t[p] == '/';
  }

  private boolean isStringNext(int p) {
    while (p < end && t[p] == ' ') {
      p++;
    }
    return p < end && (t[p] == '"' || t[p] == '\n' && nextByte(p) == '"');
  }

  private byte nextByte(int p) {
    p = Bytes.skipBlank(t, p, end);
    return p < end ? t[p] : 0;
  }

  /** The argument that ends at a comma or parenthesis must be an expression. */
  private void endArgument(int at, boolean closes) {
    int open = nest.open[nest.depth];
    if (nest.last == '*' || nest.last == Nesting.KEYWORD && nest.lastWord == Word.QUALIFIER) {
      int p = at - 1;
      while (p > open && (t[p] == '*' || Bytes.classOf(t[p]) == Bytes.SPACE)) {
        if (t[p] == '*') {
          t[p] = ' ';
        }
        p--;
      }
      if (p == open || t[p] == ',') {
        t[nest.lastStart] = '0';
      }
      return;
    }
    boolean first = nest.lastStart == open;
    if (nest.last == ',' || first) {
      int after = nest.lastEnd;
      if (closes) {
        if (nest.last == ',') {
          t[nest.lastStart] = ' ';
        }
      } else if (after < at && t[after] == ' ') {
        t[after] = '0';
      } else {
        t[at] = ' ';
      }
      return;
    }
    boolean operator =
        switch (nest.last) {
          case Nesting.OPERATOR, '+', '-', '/', '%', '<', '>', '&', '|', '^', '!', '~', '=' -> true;
          default -> false;
        };
    if (operator && (nest.beforeLast == ',' || nest.beforeLast == '(')) {
      Bytes.blank(t, nest.lastStart, nest.lastEnd);
      t[nest.lastStart] = '0';
    }
  }

  /** A call that is the first thing in a statement: what follows tells what it is. */
  private void endOfCallStatement(int name, int nameEnd, int open, int close, int word) {
    int next = Bytes.skipBlank(t, pos, end);
    byte b = next < end ? t[next] : 0;
    if (nest.kind[nest.depth] != Nesting.BODY) {
      return;
    }
    if (word == MacroKind.OPENS_BRACE.ordinal() || word == MacroKind.CLOSES_BRACE.ordinal()) {
      Bytes.blank(t, name, close + 1);
      t[name] = (byte) (word == MacroKind.OPENS_BRACE.ordinal() ? '{' : '}');
      pos = name;
      return;
    }
    boolean iterator =
        word == MacroKind.ITERATOR.ordinal()
            || Bytes.contains(t, name, nameEnd, FOR_EACH)
            || Bytes.contains(t, name, nameEnd, FOREACH);
    if (b == '{'
        || iterator && b != ';' && Bytes.classOf(b) != Bytes.PUNCTUATION
        || iterator && (b == '(' || b == '*' || b == '+' || b == '-' || b == '#')
        || word == MacroKind.CONDITION.ordinal() && b != ';'
        || word == MacroKind.SCOPE.ordinal() && b != ';') {
      head(name, nameEnd, open, close, word);
      nest.endStatement(pos);
      nest.set(Nesting.SUBSTATEMENT);
      nest.last = ')';
      return;
    }
    if (iterator && b == ';') {
      head(name, nameEnd, open, close, word);
      return;
    }
    if (b == '=' && next + 1 < end && t[next + 1] != '=' && nextByte(next + 1) == '{') {
      TopLevelMacros.declareVariable(t, name, open, close);
      nest.last = Nesting.IDENTIFIER;
      return;
    }
    if (b == '#' && endsStatement(next)) {
      insertSemicolon(name, open, close);
      return;
    }
    if (b == '}' || Bytes.classOf(b) == Bytes.IDENTIFIER) {
      boolean sameLine = isSameLine(close, next);
      if (sameLine
          && b != '}'
          && !isStatementWord(next)
          && nextByte(Bytes.wordEnd(t, next, end)) != '(') {
        // A type made by a macro, and what it declares.
        Bytes.blank(t, open, close + 1);
        nest.last = Nesting.IDENTIFIER;
        return;
      }
      insertSemicolon(name, open, close);
    }
  }

  /** A preprocessor line that no expression goes on behind. */
  private boolean endsStatement(int hash) {
    int word = Bytes.skipBlankInLine(t, hash + 1, end);
    int to = Bytes.wordEnd(t, word, end);
    Directive directive = Directive.of(t, word, to);
    if (directive == Directive.DEFINE || Bytes.equals(t, word, to, UNDEF)) {
      return true;
    }
    int next = Bytes.skipBlank(t, Bytes.directiveEnd(t, to, end), end);
    return next >= end || t[next] == '}' || Bytes.classOf(t[next]) == Bytes.IDENTIFIER;
  }

  private boolean isStatementWord(int p) {
    int to = Bytes.wordEnd(t, p, end);
    int word = lookup(t, p, to, NameTable.hash(t, p, to));
    return word >= Word.CONTROL && word <= Word.DEFAULT;
  }

  private boolean isSameLine(int from, int to) {
    for (int i = from; i < to; i++) {
      if (t[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  /** Makes the head of a loop of a macro call. */
  private void head(int name, int nameEnd, int open, int close, int word) {
    if (word == MacroKind.SCOPE.ordinal() && nameEnd - name >= GUARD.length) {
      Bytes.overwrite(t, name, open + 1, GUARD);
      return;
    }
    if (word == MacroKind.DO_EACH.ordinal()) {
      Bytes.blank(t, name, close + 1);
      System.arraycopy(DO, 0, t, name, DO.length);
      return;
    }
    boolean empty = Bytes.skipBlank(t, open + 1, close) == close;
    if (empty) {
      if (close + 1 - name >= WHILE_ONE.length && isSameLine(name, close)) {
        Bytes.overwrite(t, name, close + 1, WHILE_ONE);
      }
      return;
    }
    if (open - name >= WHILE.length && word != MacroKind.CONDITION.ordinal()) {
      Bytes.overwrite(t, name, open, WHILE);
    } else if (open - name >= 2) {
      Bytes.overwrite(t, name, open, Bytes.ascii("if"));
    }
  }

  /** Ends a statement for which the macro brings the semicolon; the text may move by one column. */
  private void insertSemicolon(int name, int open, int close) {
    int after = close + 1;
    if (after < end && isBlank(after)) {
      t[after] = ';';
      nest.endStatement(after + 1);
      pos = after + 1;
      nest.last = ';';
      return;
    }
    if (open < close && Bytes.skipBlank(t, open + 1, close) == close && close > open + 1) {
      t[open + 1] = ')';
      Bytes.blank(t, open + 2, close);
    } else {
      int from = close;
      while (from > name && t[from - 1] != '\n') {
        from--;
      }
      while (from < close && isBlank(from)) {
        from++;
      }
      if (from == 0 || !isBlank(from - 1)) {
        // No room: without its arguments, or its last character, the name is still a statement.
        if (open < close) {
          Bytes.blank(t, open, after);
        }
        t[open < close ? open : close] = ';';
        nest.endStatement(after);
        nest.last = ';';
        return;
      }
      System.arraycopy(t, from, t, from - 1, after - from);
    }
    t[close] = ';';
    nest.endStatement(after);
    nest.last = ';';
  }

  private void openBrace() {
    int from = pos++;
    int d = nest.depth;
    byte kind;
    int flags = Nesting.START;
    switch (nest.kind[d]) {
      case Nesting.FILE -> {
        if (nest.has(Nesting.ASSIGNED)) {
          kind = Nesting.INITIALIZER;
        } else if (nest.last == Nesting.STRING) {
          kind = Nesting.FILE;
        } else if (nest.has(Nesting.AGGREGATE | Nesting.ENUM) && nest.last != ')') {
          kind = nest.has(Nesting.ENUM) ? Nesting.ENUMERATORS : Nesting.FIELDS;
        } else {
          kind = Nesting.BODY;
          flags |= Nesting.FUNCTION;
        }
      }
      case Nesting.FIELDS -> kind = nest.has(Nesting.ENUM) ? Nesting.ENUMERATORS : Nesting.FIELDS;
      case Nesting.BODY -> {
        if (nest.has(Nesting.START)) {
          kind = Nesting.BODY;
        } else if (nest.last == '=' || nest.last == ')' && nest.lastClosed == Nesting.GROUP) {
          kind = Nesting.INITIALIZER;
        } else if (nest.has(Nesting.AGGREGATE | Nesting.ENUM) && !nest.has(Nesting.ASSIGNED)) {
          kind = nest.has(Nesting.ENUM) ? Nesting.ENUMERATORS : Nesting.FIELDS;
        } else {
          kind = nest.has(Nesting.ASSIGNED) ? Nesting.INITIALIZER : Nesting.BODY;
        }
      }
      case Nesting.INITIALIZER, Nesting.ENUMERATORS, Nesting.INDEX -> {
        separateItems(from);
        kind = Nesting.INITIALIZER;
      }
      default -> {
        if (nest.last == ',' && nest.kind[d] == Nesting.CALL && parenthesizeList(from)) {
          pos = from;
          return;
        }
        boolean fields = nest.last == Nesting.KEYWORD && nest.lastWord == Word.AGGREGATE;
        boolean block = nest.last == '(' || nest.last == ',' && nest.kind[d] == Nesting.CALL;
        kind = fields ? Nesting.FIELDS : block ? Nesting.BODY : Nesting.INITIALIZER;
      }
    }
    token('{', from, pos, Word.NONE);
    nest.push(kind, from, flags);
  }

  /** Values in braces as a macro's argument: parentheses are understood there, braces are not. */
  private boolean parenthesizeList(int brace) {
    int close = Bytes.closing(t, brace, end);
    if (close < 0 || Bytes.skipBlank(t, brace + 1, close) == close) {
      return false;
    }
    int last = brace;
    for (int i = brace; i < close; ) {
      int next = afterLiteral(i);
      if (t[i] == ';' || t[i] == '/' && next == i + 1) {
        return false;
      }
      if (t[i] != '/' && t[i] > ' ') {
        last = next - 1;
      }
      i = next;
    }
    if (t[last] == ',') {
      t[last] = ' ';
    }
    for (int i = brace; i <= close; i = afterLiteral(i)) {
      if (t[i] == '{') {
        t[i] = '(';
      } else if (t[i] == '}') {
        t[i] = ')';
      }
    }
    return true;
  }

  /** Past the string, character or comment that begins there, or past the byte. */
  private int afterLiteral(int p) {
    if (t[p] == '"' || t[p] == '\'') {
      return Bytes.quoteEnd(t, p, end);
    }
    return t[p] == '/' && Bytes.isComment(t, p, end) ? Bytes.commentEnd(t, p, end) : p + 1;
  }

  private void closeBrace() {
    int from = pos++;
    while (nest.depth > 0 && nest.kind[nest.depth] >= Nesting.CALL) {
      pop();
    }
    if (nest.depth == 0) {
      token('}', from, pos, Word.NONE);
      nest.endStatement(pos);
      return;
    }
    if (from > 0 && t[from - 1] == '\n') {
      // In the first column ends the function, whatever the count of braces says.
      for (int k = nest.depth - 1; k > 0; k--) {
        if ((nest.state[k] & Nesting.FUNCTION) != 0) {
          while (nest.depth > k) {
            pop();
          }
          break;
        }
      }
    }
    byte kind = nest.kind[nest.depth];
    boolean function = nest.has(Nesting.FUNCTION);
    pop();
    token('}', from, pos, Word.NONE);
    if (function && conditionals.isInside()) {
      conditionals.functionEnded();
    }
    if ((kind == Nesting.BODY || kind == Nesting.FILE) && nest.holdsStatements()) {
      nest.endStatement(pos);
    }
  }

  private void semicolon() {
    int from = pos++;
    byte kind = nest.kind[nest.depth];
    if (kind == Nesting.CALL) {
      int d = nest.depth;
      if (nest.has(Nesting.AT_START) && nest.kind[d - 1] == Nesting.BODY) {
        int close = Bytes.closing(t, nest.open[d], end);
        if (close >= 0 && nextByte(close + 1) == '{') {
          int name = nest.name[d];
          if (nest.nameEnd[d] - name >= FOR.length) {
            Bytes.overwrite(t, name, nest.open[d], FOR);
            nest.depth--;
            nest.endStatement(name);
            pos = name;
            return;
          }
        } else if (close >= 0 && jumpsAtEnd(from, close) && jumpIf(nest.name[d], nest.open[d])) {
          t[from] = ')';
          t[close] = ';';
          return;
        } else if (close >= 0) {
          unwrap(nest.name[d], nest.open[d], close);
          return;
        }
      }
      // Statements as a macro's argument read as a list of expressions.
      byte next = nextByte(pos);
      if (next == ')' || next == ',' || nest.last == ',' || nest.last == '(') {
        t[from] = ' ';
      } else {
        t[from] = ',';
        token(',', from, pos, Word.NONE);
      }
      return;
    }
    token(';', from, pos, Word.NONE);
    if (nest.holdsStatements()) {
      nest.endStatement(pos);
    }
  }

  private void colon() {
    int from = pos++;
    int d = nest.depth;
    boolean label =
        nest.kind[d] == Nesting.BODY && nest.tokens[d] == 1 && nest.last == Nesting.IDENTIFIER;
    if (nest.kind[d] == Nesting.FIELDS && nest.last == ',' && isBlank(from - 1)) {
      t[from - 1] = '_';
    } else if (nest.kind[d] == Nesting.FIELDS
        && nest.tokens[d] == 1
        && nest.last == Nesting.IDENTIFIER
        && pos < end
        && isBlank(pos)
        && isBlank(from - 1)) {
      // A bit field without a name is understood only for the types of the language.
      t[from] = '_';
      t[pos] = ':';
      from = pos++;
    }
    token(':', from, pos, Word.NONE);
    if (nest.has(Nesting.CASE) && nest.ternary[d] == 0) {
      nest.endStatement(pos);
    } else if (label) {
      nest.endStatement(pos);
      nest.set(Nesting.SUBSTATEMENT);
    } else if (nest.ternary[d] > 0) {
      nest.ternary[d]--;
    } else if (nest.kind[d] == Nesting.CALL) {
      nest.set(Nesting.NOT_C);
    }
  }

  // Preprocessor lines.

  private void directive() {
    int from = pos;
    int to = Bytes.directiveEnd(t, from, end);
    if (to == end) {
      blankOpenCommentIn(from);
    }
    int word = Bytes.skipBlankInLine(t, from + 1, to);
    int wordEnd = Bytes.wordEnd(t, word, to);
    pos = to;
    lineStart = false;
    switch (Directive.of(t, word, wordEnd)) {
      case IF -> {
        Boolean known = Directive.value(t, word, wordEnd, to);
        conditionals.begin(from, to, nest);
        if (Boolean.FALSE.equals(known)) {
          blankBranch();
        }
      }
      case ELIF, ELSE -> {
        if (conditionals.isInside()) {
          conditionals.next(from, to, nest);
        }
      }
      case ENDIF -> {
        if (conditionals.isInside()) {
          conditionals.end(from, to, nest, t, isElseNext(to));
        }
      }
      case DEFINE -> {
        MacroKind kind = definition.read(t, wordEnd, to, this::lookup);
        if (definition.nameEnd() > 0) {
          defineLocally(kind);
        }
        if (!nest.isBetweenStatements()) {
          Bytes.blank(t, from, to);
        } else {
          plainDefinition(wordEnd, to);
        }
      }
      default -> {
        if (!nest.isBetweenStatements()) {
          Bytes.blank(t, from, to);
        }
      }
    }
  }

  /** From each byte of a comment without an end the parser would look for the end again. */
  private void blankOpenComment(int from, int to) {
    if (to == end && !Bytes.isClosedComment(t, from, to)) {
      Bytes.blank(t, from, to);
    }
  }

  private void blankOpenCommentIn(int directive) {
    int p = directive;
    while (p < end) {
      if (Bytes.isComment(t, p, end)) {
        int from = p;
        p = Bytes.commentEnd(t, p, end);
        blankOpenComment(from, p);
      } else {
        p = t[p] == '"' ? Bytes.quoteEnd(t, p, end) : p + 1;
      }
    }
  }

  /** Comments within a replacement and named variable arguments are not understood. */
  private void plainDefinition(int from, int to) {
    int p = Bytes.skipBlankInLine(t, from, to);
    p = Bytes.wordEnd(t, p, to);
    if (p < to && t[p] == '(') {
      while (p < to && t[p] != ')') {
        if (t[p] == '.' && Bytes.isWord(t[p - 1])) {
          int dots = p;
          while (p < to && t[p] == '.') {
            p++;
          }
          Bytes.blank(t, dots, p);
        } else {
          p++;
        }
      }
    }
    while (p < to) {
      if (t[p] == '"') {
        p = Bytes.quoteEnd(t, p, to);
      } else if (t[p] == '/' && Bytes.isComment(t, p, to)) {
        int q = Math.min(Bytes.commentEnd(t, p, to), to);
        if (Bytes.skipBlank(t, q, to) < to) {
          blankComment(p, q);
        }
        p = q;
      } else {
        p++;
      }
    }
  }

  /** Within a preprocessor line the line breaks of a comment have to be escaped. */
  private void blankComment(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (t[i] == '\n' && (t[i - 1] == '\n' || t[i - 1] == '\r')) {
        return;
      }
    }
    Bytes.blank(t, from, to);
    for (int i = from; i < to; i++) {
      if (t[i] == '\n') {
        t[i - 1] = '\\';
      }
    }
  }

  private int lookup(byte[] text, int from, int to, int hash) {
    int word = local.get(text, from, to, hash);
    if (word < 0) {
      word = dictionary.lookup(text, from, to, hash);
      consulted(hash, word);
    }
    return word;
  }

  private void defineLocally(MacroKind kind) {
    int from = definition.name();
    int to = definition.nameEnd();
    int hash = NameTable.hash(t, from, to);
    int known = dictionary.lookup(t, from, to, hash);
    consulted(hash, known);
    if (kind == null && definition.isEmpty() && !definition.isFunctionLike() && known < 0) {
      kind = MacroKind.MAYBE_ANNOTATION;
    }
    if (kind != null) {
      if (known != kind.ordinal() && known < Word.FIRST) {
        local.put(t, from, to, kind.ordinal());
      }
    } else if (known >= 0
        && known < Word.FIRST
        && MacroKind.of(known) == MacroKind.MAYBE_ANNOTATION) {
      local.put(t, from, to, MacroKind.PLAIN.ordinal());
    }
  }

  /** Blanks what can never be compiled, up to the next line of the same group. */
  private void blankBranch() {
    int from = pos;
    int depth = 0;
    int p = from;
    boolean atStart = false;
    while (p < end) {
      byte b = t[p];
      if (b == '\n') {
        atStart = true;
        p++;
      } else if (b == '#' && atStart) {
        int to = Bytes.directiveEnd(t, p, end);
        int word = Bytes.skipBlankInLine(t, p + 1, to);
        Directive d = Directive.of(t, word, Bytes.wordEnd(t, word, to));
        if (depth == 0 && (d == Directive.ELSE || d == Directive.ELIF || d == Directive.ENDIF)) {
          break;
        }
        if (d == Directive.IF) {
          depth++;
        } else if (d == Directive.ENDIF) {
          depth--;
        }
        p = to;
        atStart = false;
      } else if (b == '/' && Bytes.isComment(t, p, end)) {
        p = Bytes.commentEnd(t, p, end);
      } else {
        atStart &= Bytes.classOf(b) == Bytes.SPACE;
        p++;
      }
    }
    Bytes.blank(t, from, p);
    pos = p;
    lineStart = true;
  }

  private boolean isElseNext(int p) {
    if (!nest.holdsStatements()) {
      return false;
    }
    p = Bytes.skipBlank(t, p, end);
    if (p + 4 > end || t[p] != 'e') {
      return false;
    }
    return Bytes.equals(t, p, Bytes.wordEnd(t, p, end), Bytes.ascii("else"));
  }
}
