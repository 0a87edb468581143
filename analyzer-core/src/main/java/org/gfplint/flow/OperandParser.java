package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.facts.Expr;

/**
 * Reads the operand of a sizeof: a type, or an expression of names, members, elements, casts and
 * what pointers point to. Types become an opaque expression whose name is the type and whose
 * operands are the sizes of an array.
 */
final class OperandParser {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(->|[A-Za-z_]\\w*|[0-9]\\w*|\"(?:[^\"\\\\]|\\\\.)*\"|\\S)");

  private static final Set<String> TAGS = Set.of("struct", "union", "enum");
  private static final Set<String> WORDS =
      Set.of("unsigned", "signed", "long", "short", "int", "char", "double", "float");
  private static final Set<String> QUALIFIERS =
      Set.of("const", "volatile", "__user", "__rcu", "__iomem", "__percpu", "__force");

  private final List<String> tokens = new ArrayList<>();
  private final Predicate<String> isType;
  private int at;

  /**
   * A parser for one operand.
   *
   * @param isType whether a single name is a type's
   */
  OperandParser(String text, Predicate<String> isType) {
    this.isType = isType;
    Matcher m = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && m.find(end) && m.start() == end && tokens.size() < 200) {
      tokens.add(m.group(1));
      end = m.end();
    }
  }

  /** The operand; empty if it is something else. */
  Optional<Expr> parse() {
    Expr parsed = startsType() ? type() : unary();
    return parsed == null || at < tokens.size() ? Optional.empty() : Optional.of(parsed);
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private boolean accept(String token) {
    if (peek().equals(token)) {
      at++;
      return true;
    }
    return false;
  }

  private static boolean isName(String token) {
    return !token.isEmpty() && (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_');
  }

  // ---- types

  private boolean startsType() {
    String word = peek();
    return TAGS.contains(word)
        || WORDS.contains(word)
        || QUALIFIERS.contains(word)
        || isName(word) && isType.test(word);
  }

  private Expr type() {
    skipQualifiers();
    StringBuilder name = new StringBuilder();
    if (TAGS.contains(peek())) {
      name.append(tokens.get(at++)).append(' ');
      if (!isName(peek())) {
        return null;
      }
      name.append(tokens.get(at++));
    } else if (WORDS.contains(peek())) {
      name.append(number());
    } else {
      name.append(tokens.get(at++));
    }
    skipQualifiers();
    while (accept("*")) {
      name.append('*');
      skipQualifiers();
    }
    if (peek().equals("(")) {
      // A pointer to a function or an array.
      int open = at;
      if (!skipBrackets("(", ")") || !tokens.get(open + 1).equals("*")) {
        return null;
      }
      while (peek().equals("(") && skipBrackets("(", ")")
          || peek().equals("[") && skipBrackets("[", "]")) {}
      name.append("()*");
    }
    List<Expr> dimensions = new ArrayList<>();
    while (accept("[")) {
      dimensions.add(size());
      if (!accept("]")) {
        return null;
      }
    }
    return new Expr(Expr.Kind.OPAQUE, name.toString(), List.copyOf(dimensions), 0, null);
  }

  private void skipQualifiers() {
    while (QUALIFIERS.contains(peek())) {
      at++;
    }
  }

  /** The one spelling of a number's type. */
  private String number() {
    boolean unsigned = false;
    int longs = 0;
    String base = "int";
    for (; WORDS.contains(peek()) || QUALIFIERS.contains(peek()); at++) {
      switch (peek()) {
        case "unsigned" -> unsigned = true;
        case "long" -> longs++;
        case "short", "char", "double", "float" -> base = peek();
        default -> {}
      }
    }
    String type = longs == 0 ? base : longs == 1 ? "long" : "long long";
    if (base.equals("double") && longs > 0) {
      type = "long double";
    }
    return unsigned ? "unsigned " + type : type;
  }

  /** A number or a name; else skipped and unknown. */
  private Expr size() {
    int from = at;
    int depth = 0;
    while (at < tokens.size() && (depth > 0 || !peek().equals("]"))) {
      depth += peek().equals("[") ? 1 : peek().equals("]") ? -1 : 0;
      at++;
    }
    String only = at == from + 1 ? tokens.get(from) : "";
    return only.matches("[1-9][0-9]{0,9}")
        ? Expr.number(Long.parseLong(only))
        : isName(only) ? Expr.name(only) : Expr.UNKNOWN;
  }

  // ---- expressions

  private Expr unary() {
    for (String operator : List.of("*", "&")) {
      if (accept(operator)) {
        Expr operand = unary();
        return operand == null ? null : Expr.of(Expr.Kind.UNARY, operator, operand);
      }
    }
    return postfix();
  }

  private Expr postfix() {
    Expr e = primary();
    while (e != null) {
      if (accept("->") || accept(".")) {
        if (!isName(peek())) {
          return null;
        }
        e = Expr.of(Expr.Kind.FIELD, tokens.get(at++), e);
      } else if (peek().equals("[")) {
        if (!skipBrackets("[", "]")) {
          return null;
        }
        e = Expr.of(Expr.Kind.INDEX, "", e, Expr.UNKNOWN);
      } else {
        return e;
      }
    }
    return null;
  }

  private Expr primary() {
    if (accept("(")) {
      if (!startsType()) {
        Expr inner = unary();
        return inner != null && accept(")") ? inner : null;
      }
      Expr type = type();
      if (type == null || !accept(")")) {
        return null;
      }
      // What is cast does not matter.
      boolean cast = isName(peek()) || peek().matches("[0-9].*|[(*&]");
      return cast && unary() == null ? null : type;
    }
    String token = peek();
    if (isName(token)) {
      at++;
      return Expr.name(token);
    }
    if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
      at++;
      return Expr.number(0);
    }
    return null;
  }

  private boolean skipBrackets(String open, String close) {
    int depth = 0;
    while (at < tokens.size()) {
      String token = tokens.get(at++);
      if (token.equals(open)) {
        depth++;
      } else if (token.equals(close) && --depth == 0) {
        return true;
      }
    }
    return false;
  }
}
