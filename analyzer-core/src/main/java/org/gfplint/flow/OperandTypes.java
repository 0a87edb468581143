package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Member;
import org.gfplint.facts.Variable;
import org.gfplint.program.TypeTable;
import org.gfplint.program.TypeTable.Defined;

/** Types of expressions, as far as declarations tell them: what sizeof and its like look at. */
final class OperandTypes {
  private static final int MAX_DEPTH = 40;

  /** A type and the sizes of the array of it, outermost first. */
  record Typed(String type, List<Expr> dimensions) {}

  private final TypeTable types;
  private final TypeSizes sizes;
  private final int unit;

  /** The function that the expression stands in, or null. */
  private final FunctionFacts function;

  OperandTypes(TypeTable types, TypeSizes sizes, int unit, FunctionFacts function) {
    this.types = types;
    this.sizes = sizes;
    this.unit = unit;
    this.function = function;
  }

  // ---- sizes

  /** What sizeof gives for an operand, a type or an expression. */
  Value sizeOf(String operand) {
    return sizeOf(typeOf(operand));
  }

  /** What sizeof gives for something of that type; null is unknown. */
  Value sizeOf(Typed typed) {
    return typed == null ? Layout.UNKNOWN.size() : sizes.sizeOf(unit, typed.type, typed.dimensions);
  }

  boolean isDefined(Typed struct) {
    return !types.definitions(unit, struct.type).isEmpty();
  }

  /** The value of an array's size. */
  Value value(Expr dimension) {
    return sizes.value(unit, dimension);
  }

  /** The type that an operand of sizeof names or has, or null. */
  Typed typeOf(String operand) {
    return new OperandParser(operand, name -> !isVariable(name) && isType(name))
        .parse()
        .map(this::typeOf)
        .orElse(null);
  }

  private boolean isType(String name) {
    return TypeSizes.isScalar(name) || !types.typedefs(unit, name).isEmpty();
  }

  private boolean isVariable(String name) {
    return function != null && local(name) != null;
  }

  // ---- types

  /** The type of an expression, or null. */
  Typed typeOf(Expr e) {
    return typeOf(e, 0);
  }

  private Typed typeOf(Expr e, int depth) {
    if (depth > MAX_DEPTH) {
      return null;
    }
    switch (e.kind()) {
      case NAME:
        return variable(e.name());
      case FIELD:
        Typed base = typeOf(e.operand(0), depth + 1);
        return base == null ? null : field(base, e.name());
      case INDEX:
        return pointedTo(typeOf(e.operand(0), depth + 1));
      case UNARY:
        Typed operand = typeOf(e.operand(0), depth + 1);
        if (e.isUnary("*")) {
          return pointedTo(operand);
        }
        return e.isUnary("&") && operand != null
            ? new Typed(operand.type + "[]".repeat(operand.dimensions.size()) + "*", List.of())
            : null;
      case OPAQUE:
        // A type, as the parser of operands has it.
        return e.name().isEmpty() ? null : new Typed(e.name(), e.operands());
      default:
        return null;
    }
  }

  private Typed variable(String name) {
    if (function != null) {
      Variable local = local(name);
      if (local != null) {
        return local.type().isEmpty() ? null : new Typed(local.type(), local.dimensions());
      }
    }
    Optional<Member> global = types.variable(unit, name);
    return global
        .filter(m -> m.nested() == null && !m.type().isEmpty())
        .map(m -> new Typed(m.type(), m.dimensions()))
        .orElse(null);
  }

  /** The local variable or parameter of that name; without a type if there are several. */
  private Variable local(String name) {
    Variable found = null;
    for (List<Variable> variables : List.of(function.parameters(), function.locals())) {
      for (Variable v : variables) {
        if (v.name().equals(name)) {
          boolean other = found != null && !found.equals(v);
          // What a macro is given can be anything.
          boolean typeless = function.linkage() == Linkage.MACRO && variables != function.locals();
          found = other || typeless ? new Variable(name, "") : v;
        }
      }
    }
    return found;
  }

  /** A field of a struct, or of what a pointer to one points to. */
  Typed field(Typed base, String name) {
    Optional<Member> member = types.field(unit, base.type, name);
    if (member.isEmpty()) {
      return null;
    }
    String type = types.fieldType(unit, base.type, name).orElseThrow();
    return type.isEmpty() ? null : new Typed(type, member.get().dimensions());
  }

  /** What a pointer points to, or an element of an array; null if it is neither. */
  Typed pointedTo(Typed typed) {
    return pointedTo(typed, 0);
  }

  private Typed pointedTo(Typed typed, int depth) {
    if (typed == null || depth > 8) {
      return null;
    }
    if (!typed.dimensions.isEmpty()) {
      return new Typed(typed.type, typed.dimensions.subList(1, typed.dimensions.size()));
    }
    if (typed.type.endsWith("*")) {
      String type = typed.type.substring(0, typed.type.length() - 1);
      List<Expr> dimensions = new ArrayList<>();
      while (type.endsWith("[]")) {
        type = type.substring(0, type.length() - 2);
        dimensions.add(Expr.UNKNOWN);
      }
      return new Typed(type, List.copyOf(dimensions));
    }
    if (TypeSizes.isTagged(typed.type)) {
      return null;
    }
    List<Defined<Member>> meanings = types.typedefs(unit, typed.type);
    if (meanings.size() != 1 || meanings.get(0).what().nested() != null) {
      return null;
    }
    Member meaning = meanings.get(0).what();
    return pointedTo(new Typed(meaning.type(), meaning.dimensions()), depth + 1);
  }

  /** Whether an expression's type holds no negative numbers, and which is the largest. */
  Optional<Value> unsignedRange(Expr e) {
    Typed typed = typeOf(e);
    return typed == null || !typed.dimensions.isEmpty()
        ? Optional.empty()
        : TypeSizes.unsignedRange(typed.type);
  }
}
