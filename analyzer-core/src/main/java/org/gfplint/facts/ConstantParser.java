package org.gfplint.facts;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what most constants are defined as: numbers, names in capitals, operators between them, and
 * macros like {@code BIT(3)}. A third of a kernel's text are such definitions, and to give each to
 * the C parser, as all others are, costs more than all their functions.
 */
final class ConstantParser {
  /** By how tightly they bind, the loosest first; within a row the longer ones first. */
  private static final String[][] OPERATORS = {
    {"||"},
    {"&&"},
    {"|"},
    {"^"},
    {"&"},
    {"==", "!="},
    {"<=", ">=", "<", ">"},
    {"<<", ">>"},
    {"+", "-"},
    {"*", "/", "%"}
  };

  private static final int MOST_NESTED = 40;

  private final FileText text;
  private final byte[] bytes;
  private final int end;
  private final Span span;
  private int at;
  private int depth;

  private ConstantParser(FileText text, int start, int end, int line) {
    this.text = text;
    this.bytes = text.bytes();
    this.end = end;
    this.span = new Span(line, 1, line, 1);
    this.at = start;
  }

  /** What is written there, or null if it is anything else. */
  static Expr parse(FileText text, int start, int end, int line) {
    ConstantParser parser = new ConstantParser(text, start, end, line);
    Expr value = parser.binary(0);
    return value != null && parser.peek() < 0 ? value : null;
  }

  private Expr binary(int level) {
    if (level == OPERATORS.length) {
      return unary();
    }
    Expr left = binary(level + 1);
    while (left != null) {
      String operator = operator(level);
      if (operator == null) {
        return left;
      }
      Expr right = binary(level + 1);
      if (right == null) {
        return null;
      }
      boolean bitwise = operator.equals("|") || operator.equals("&");
      left = new Expr(Expr.Kind.BINARY, operator, List.of(left, right), 0, bitwise ? span : null);
    }
    return null;
  }

  /** Goes past an operator of that level; null if there is none. */
  private String operator(int level) {
    int first = peek();
    if (first < 0) {
      return null;
    }
    int second = at + 1 < end ? bytes[at + 1] : 0;
    for (String operator : OPERATORS[level]) {
      if (operator.charAt(0) != first) {
        continue;
      }
      if (operator.length() == 2) {
        if (second == operator.charAt(1)) {
          at += 2;
          return operator;
        }
      } else if (!doubled(first, second)) {
        at++;
        return operator;
      }
    }
    return null;
  }

  /** Whether both make another operator than the first alone. */
  private static boolean doubled(int first, int second) {
    return second == first && "|&<>+-".indexOf(first) >= 0 || second == '=';
  }

  private Expr unary() {
    int c = peek();
    if (c == '~' || c == '!' || c == '-') {
      at++;
      Expr operand = ++depth > MOST_NESTED ? null : unary();
      depth--;
      if (operand == null) {
        return null;
      }
      return c == '-' && operand.is(Expr.Kind.NUMBER)
          ? Expr.number(-operand.number())
          : Expr.of(Expr.Kind.UNARY, String.valueOf((char) c), operand);
    }
    return primary();
  }

  private Expr primary() {
    int c = peek();
    if (c == '(') {
      at++;
      Expr inner = ++depth > MOST_NESTED ? null : binary(0);
      depth--;
      // Brackets around a name may be a cast of what follows.
      return inner != null && accept(')') && !(inner.is(Expr.Kind.NAME) && mayBegin(peek()))
          ? inner
          : null;
    }
    if (c >= '0' && c <= '9') {
      int start = at;
      while (at < end && (isWord(bytes[at]) || bytes[at] == '.')) {
        at++;
      }
      Expr number = FileText.literal(bytes, start, at);
      return number.is(Expr.Kind.NUMBER) ? number : null;
    }
    return c < 0 ? null : name();
  }

  private static boolean mayBegin(int c) {
    return c >= 0 && "+-&*~!".indexOf(c) >= 0;
  }

  private Expr name() {
    int start = at;
    while (at < end && isWord(bytes[at])) {
      // What is not in capitals may be a type, or a word of the language.
      if (bytes[at] >= 'a') {
        return null;
      }
      at++;
    }
    if (at == start) {
      return null;
    }
    String name = text.of(start, at);
    switch (name) {
      case "TRUE":
        return Expr.number(1);
      case "FALSE", "NULL":
        return Expr.number(0);
      default:
        // Masks say where they stand.
        return name.contains("GFP_") ? null : peek() == '(' ? call(name) : Expr.name(name);
    }
  }

  private Expr call(String callee) {
    List<Expr> operands = new ArrayList<>(3);
    operands.add(Expr.name(callee));
    at++;
    if (!accept(')')) {
      do {
        Expr argument = ++depth > MOST_NESTED ? null : binary(0);
        depth--;
        if (argument == null) {
          return null;
        }
        operands.add(argument);
      } while (accept(','));
      if (!accept(')')) {
        return null;
      }
    }
    return new Expr(Expr.Kind.CALL, "", List.copyOf(operands), 0, span);
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** The next character that counts, or -1 at the end. */
  private int peek() {
    while (at < end) {
      byte c = bytes[at];
      if (c == '/' && at + 1 < end && bytes[at + 1] == '*') {
        at += 2;
        while (at + 1 < end && !(bytes[at] == '*' && bytes[at + 1] == '/')) {
          at++;
        }
        at = Math.min(at + 2, end);
      } else if (c == '/' && at + 1 < end && bytes[at + 1] == '/') {
        at = end;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || isContinued()) {
        at++;
      } else {
        return c & 0xff;
      }
    }
    return -1;
  }

  private boolean isContinued() {
    return bytes[at] == '\\' && at + 1 < end && bytes[at + 1] == '\n';
  }

  private static boolean isWord(byte c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }
}
