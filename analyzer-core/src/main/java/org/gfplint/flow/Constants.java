package org.gfplint.flow;

import java.util.List;
import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Program;
import org.gfplint.program.TypeTable.Defined;

/** What macros and enumerators of the tree stand for. */
final class Constants {
  private static final int MAX_DEPTH = 8;

  private final Program program;
  private final AllocatorModel model;
  private final TypeSizes sizes;
  private final int unit;

  Constants(Program program, AllocatorModel model, TypeSizes sizes, int unit) {
    this.program = program;
    this.model = model;
    this.sizes = sizes;
    this.unit = unit;
  }

  Value value(String name) {
    return value(name, 0);
  }

  private Value value(String name, int depth) {
    Value fixed = Sizes.fixed(name);
    if (fixed != null) {
      return fixed;
    }
    if (depth > MAX_DEPTH || !looksConstant(name)) {
      return Value.UNKNOWN;
    }
    if (program.isMaskConstant(name)) {
      return program.constant(unit, name).map(e -> evaluate(e, depth + 1)).orElse(Value.UNKNOWN);
    }
    // Definitions that are as near as each other are alternatives: the value is one of theirs.
    Value value = null;
    for (Defined<Expr> definition : program.numbers(unit, name)) {
      Constants there =
          definition.unit() == unit
              ? this
              : new Constants(program, model, sizes, definition.unit());
      Value one = there.evaluate(definition.what(), depth + 1);
      value = value == null ? one : Value.either(value, one);
    }
    return value == null ? Sizes.usual(name) : value;
  }

  /** Constants are written in capitals; looking up every local variable would cost much. */
  private static boolean looksConstant(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLowerCase(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The value of an expression in which all names are constants. */
  Value evaluate(Expr e) {
    return evaluate(e, 0);
  }

  private Value evaluate(Expr e, int depth) {
    switch (e.kind()) {
      case NUMBER:
        return Value.number(e.number());
      case NAME:
        Optional<GfpMask> mask = model.mask(e.name());
        return mask.isPresent()
            ? Value.mask(MaskAlternative.constant(mask.get(), null))
            : value(e.name(), depth);
      case SIZEOF:
        return new OperandTypes(program.types(), sizes, unit, null).sizeOf(e.name());
      case CALL:
        List<Value> arguments = e.arguments().stream().map(a -> evaluate(a, depth)).toList();
        return SizeFunctions.value(
            e, arguments, new OperandTypes(program.types(), sizes, unit, null));
      case CONDITIONAL:
        Value condition = evaluate(e.operand(0), depth);
        Value yes = evaluate(e.operand(1), depth);
        Value no = evaluate(e.operand(2), depth);
        return condition instanceof Value.Range r && (r.min() > 0 || r.min() == r.max())
            ? r.min() == 0 ? no : yes
            : Value.either(yes, no);
      case UNARY:
        return e.isUnary("~") ? Masks.complement(evaluate(e.operand(0), depth)) : Value.UNKNOWN;
      case BINARY:
        Value left = evaluate(e.operand(0), depth);
        Value right = evaluate(e.operand(1), depth);
        return Sizes.binary(e.name(), left, right);
      default:
        return Value.UNKNOWN;
    }
  }
}
