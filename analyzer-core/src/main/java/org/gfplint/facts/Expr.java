package org.gfplint.facts;

import java.util.List;
import java.util.function.Predicate;

/**
 * An expression, reduced to what can matter for an allocation. Casts and brackets are gone; what
 * nothing looks at is {@link Kind#OPAQUE}.
 *
 * @param kind what it is
 * @param name identifier, field, operator, or the text of a sizeof's operand; "" where there is
 *     none
 * @param operands the parts, in order; a call's first is what is called
 * @param number the value of a {@link Kind#NUMBER}
 * @param span where a call, a bitwise operator or the name of a mask stands; null elsewhere
 */
public record Expr(Kind kind, String name, List<Expr> operands, long number, Span span) {
  /** Kinds of expression. */
  public enum Kind {
    NUMBER,
    STRING,
    /** An identifier: local, parameter, constant or function. */
    NAME,
    /** {@code base.name} or {@code base->name}. */
    FIELD,
    /** {@code base[index]}. */
    INDEX,
    /** {@code callee(arguments...)}. */
    CALL,
    /** Operators {@code ! ~ - & *}. */
    UNARY,
    BINARY,
    /** {@code condition ? one : other}. */
    CONDITIONAL,
    /** Assignment of operand 1 to operand 0; the operator is {@code =} or as in {@code |=}. */
    ASSIGN,
    /** The name is the operand's text. */
    SIZEOF,
    OPAQUE
  }

  public static final Expr UNKNOWN = new Expr(Kind.OPAQUE, "", List.of(), 0, null);

  public static Expr number(long value) {
    return new Expr(Kind.NUMBER, "", List.of(), value, null);
  }

  public static Expr name(String identifier) {
    return new Expr(Kind.NAME, identifier, List.of(), 0, null);
  }

  public static Expr of(Kind kind, String name, Expr... operands) {
    return new Expr(kind, name, List.of(operands), 0, null);
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /** Whether this is the plain identifier {@code identifier}. */
  public boolean isName(String identifier) {
    return kind == Kind.NAME && name.equals(identifier);
  }

  public boolean isUnary(String operator) {
    return kind == Kind.UNARY && name.equals(operator);
  }

  public boolean isBinary(String operator) {
    return kind == Kind.BINARY && name.equals(operator);
  }

  public Expr operand(int index) {
    return operands.get(index);
  }

  /** What is behind an {@code &}: the same with and without is meant of functions and locks. */
  public Expr behindAddress() {
    return isUnary("&") ? operand(0) : this;
  }

  /** Whether the test holds for one of the operands. */
  public boolean anyOperand(Predicate<Expr> test) {
    // No stream: this is asked of every expression of a kernel.
    for (int i = 0; i < operands.size(); i++) {
      if (test.test(operands.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** The name of the function that a call names directly, or "" for a call through a pointer. */
  public String callee() {
    return kind == Kind.CALL && operands.get(0).kind == Kind.NAME ? operands.get(0).name : "";
  }

  /** A call's arguments. */
  public List<Expr> arguments() {
    return operands.subList(1, operands.size());
  }

  /** The expression in C, shortened to what a message can hold. */
  public String text() {
    String all = spelling();
    return all.length() > 80 ? all.substring(0, 77) + "..." : all;
  }

  /** The whole expression in C. */
  public String spelling() {
    StringBuilder out = new StringBuilder();
    print(out);
    return out.toString();
  }

  private void print(StringBuilder out) {
    switch (kind) {
      case NUMBER -> out.append(number);
      case STRING -> out.append("\"...\"");
      case NAME -> out.append(name);
      case FIELD -> {
        boolean pointer = operand(0).kind != Kind.FIELD || !operand(0).isUnary("*");
        operand(0).print(out);
        out.append(pointer ? "->" : ".").append(name);
      }
      case INDEX -> {
        operand(0).print(out);
        out.append('[');
        operand(1).print(out);
        out.append(']');
      }
      case CALL -> {
        operand(0).print(out);
        out.append('(');
        for (int i = 1; i < operands.size(); i++) {
          out.append(i > 1 ? ", " : "");
          operand(i).print(out);
        }
        out.append(')');
      }
      case UNARY -> {
        out.append(name);
        operand(0).print(out);
      }
      case BINARY, ASSIGN -> {
        operand(0).print(out);
        out.append(' ').append(name).append(' ');
        operand(1).print(out);
      }
      case CONDITIONAL -> {
        operand(0).print(out);
        out.append(" ? ");
        operand(1).print(out);
        out.append(" : ");
        operand(2).print(out);
      }
      case SIZEOF -> out.append("sizeof(").append(name).append(')');
      default -> out.append("...");
    }
  }
}
