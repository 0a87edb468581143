package org.gfplint.flow;

import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Program;

/** What macros and enumerators of the tree stand for. */
final class Constants {
  private static final int MAX_DEPTH = 8;

  private final Program program;
  private final AllocatorModel model;
  private final int unit;

  Constants(Program program, AllocatorModel model, int unit) {
    this.program = program;
    this.model = model;
    this.unit = unit;
  }

  Value value(String name) {
    return value(name, 0);
  }

  private Value value(String name, int depth) {
    switch (name) {
      case "PAGE_SIZE":
        return Value.number(AllocationSize.PAGE_SIZE);
      case "PAGE_SHIFT":
        return Value.number(12);
      default:
        if (depth > MAX_DEPTH || !looksConstant(name)) {
          return Value.UNKNOWN;
        }
        return program.constant(unit, name).map(e -> evaluate(e, depth + 1)).orElse(Value.UNKNOWN);
    }
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
        return Sizes.sizeOf(e.name());
      case UNARY:
        return e.isUnary("~") ? Masks.complement(evaluate(e.operand(0), depth)) : Value.UNKNOWN;
      case BINARY:
        Value left = evaluate(e.operand(0), depth);
        Value right = evaluate(e.operand(1), depth);
        switch (e.name()) {
          case "|":
            return Masks.or(left, right);
          case "&":
            return Masks.and(left, right);
          default:
            return Sizes.arithmetic(e.name(), left, right);
        }
      default:
        return Value.UNKNOWN;
    }
  }
}
