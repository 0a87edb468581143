package org.gfplint.source;

import java.util.Arrays;

/**
 * The open brackets around a position, what each of them is, and how far the statement at hand has
 * come; with the last tokens this is all the state that reading C from left to right needs here.
 */
final class Nesting {
  // Kinds of bracket. Those up to FIELDS hold statements or declarations.
  static final byte FILE = 0;
  static final byte BODY = 1;
  static final byte FIELDS = 2;
  static final byte ENUMERATORS = 3;
  static final byte INITIALIZER = 4;

  /** Arguments of a call, or of a macro that looks like one. */
  static final byte CALL = 5;

  /** Grouping, cast, condition, operand of sizeof: anything that is not a list of arguments. */
  static final byte GROUP = 6;

  static final byte FOR_HEAD = 7;
  static final byte PARAMETERS = 8;
  static final byte INDEX = 9;

  // State of a bracket that holds statements.
  /** The next token begins a statement. */
  static final int START = 1;

  /** ... which belongs to an if, else, loop or label before it. */
  static final int SUBSTATEMENT = 1 << 1;

  static final int DECLARATION = 1 << 2;
  static final int ASSIGNED = 1 << 3;
  static final int AGGREGATE = 1 << 4;
  static final int ENUM = 1 << 5;
  static final int CASE = 1 << 6;
  static final int FUNCTION = 1 << 7;
  static final int TYPEDEF = 1 << 8;
  // State of a parenthesis.
  static final int CONTROL = 1 << 9;
  static final int AT_START = 1 << 10;
  static final int NOT_C = 1 << 11;
  static final int AFTER_STRING = 1 << 12;

  // Types of token besides the character codes of punctuation.
  static final int BEGIN = 0;
  static final int IDENTIFIER = 256;
  static final int KEYWORD = 257;
  static final int NUMBER = 258;
  static final int STRING = 259;
  static final int ARROW = 260;
  static final int OPERATOR = 261;
  static final int ELLIPSIS = 262;

  /** More open brackets than compilers take (256), and more than any file should come to. */
  private static final int DEEPEST = 2000;

  int depth;
  byte[] kind = new byte[32];
  int[] state = new int[32];

  /** Where the bracket is; where the statement at hand begins. */
  int[] open = new int[32];

  int[] statement = new int[32];

  /** Tokens of the statement at hand without storage classes and qualifiers. */
  int[] tokens = new int[32];

  /** The name before a parenthesis of arguments, and what it is. */
  int[] name = new int[32];

  int[] nameEnd = new int[32];
  int[] nameWord = new int[32];

  /** Question marks without their colon. */
  int[] ternary = new int[32];

  int last;
  int lastStart;
  int lastEnd;
  int lastWord;
  int lastClosed;
  int beforeLast;

  void reset() {
    depth = 0;
    kind[0] = FILE;
    state[0] = START;
    open[0] = 0;
    statement[0] = 0;
    tokens[0] = 0;
    last = BEGIN;
    beforeLast = BEGIN;
    lastStart = 0;
    lastEnd = 0;
    lastWord = Word.NONE;
    lastClosed = 0;
  }

  void push(byte bracket, int position, int flags) {
    if (++depth == kind.length) {
      if (depth >= DEEPEST) {
        throw new BeyondLimitException("brackets in brackets, " + DEEPEST + " deep");
      }
      resize(depth * 2);
    }
    kind[depth] = bracket;
    state[depth] = flags;
    open[depth] = position;
    statement[depth] = position + 1;
    tokens[depth] = 0;
    name[depth] = -1;
    nameEnd[depth] = -1;
    nameWord[depth] = Word.NONE;
    ternary[depth] = 0;
  }

  private void resize(int capacity) {
    kind = Arrays.copyOf(kind, capacity);
    state = Arrays.copyOf(state, capacity);
    open = Arrays.copyOf(open, capacity);
    statement = Arrays.copyOf(statement, capacity);
    tokens = Arrays.copyOf(tokens, capacity);
    name = Arrays.copyOf(name, capacity);
    nameEnd = Arrays.copyOf(nameEnd, capacity);
    nameWord = Arrays.copyOf(nameWord, capacity);
    ternary = Arrays.copyOf(ternary, capacity);
  }

  boolean holdsStatements() {
    return kind[depth] <= FIELDS;
  }

  /** True between two statements or declarations, where a preprocessor line does no harm. */
  boolean isBetweenStatements() {
    return kind[depth] <= FIELDS && (state[depth] & (START | SUBSTATEMENT)) == START;
  }

  /** True where items of a list stand: an initialiser or enumerators. */
  boolean isInList() {
    return kind[depth] == INITIALIZER || kind[depth] == ENUMERATORS;
  }

  boolean has(int flag) {
    return (state[depth] & flag) != 0;
  }

  void set(int flag) {
    state[depth] |= flag;
  }

  /** The statement at hand is over. */
  void endStatement(int next) {
    state[depth] = state[depth] & FUNCTION | START;
    statement[depth] = next;
    tokens[depth] = 0;
  }

  void copyFrom(Nesting other) {
    if (kind.length <= other.depth) {
      resize(other.kind.length);
    }
    depth = other.depth;
    int n = depth + 1;
    System.arraycopy(other.kind, 0, kind, 0, n);
    System.arraycopy(other.state, 0, state, 0, n);
    System.arraycopy(other.open, 0, open, 0, n);
    System.arraycopy(other.statement, 0, statement, 0, n);
    System.arraycopy(other.tokens, 0, tokens, 0, n);
    System.arraycopy(other.name, 0, name, 0, n);
    System.arraycopy(other.nameEnd, 0, nameEnd, 0, n);
    System.arraycopy(other.nameWord, 0, nameWord, 0, n);
    System.arraycopy(other.ternary, 0, ternary, 0, n);
    last = other.last;
    lastStart = other.lastStart;
    lastEnd = other.lastEnd;
    lastWord = other.lastWord;
    lastClosed = other.lastClosed;
    beforeLast = other.beforeLast;
  }
}
