package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.model.GfpMask;

/** What is known once a condition has been answered. */
final class Conditions {
  private final FunctionWalk walk;
  private final PathState state;
  private final boolean correlate;

  /**
   * Conditions on a path.
   *
   * @param correlate whether to remember every answer, so that a later question of the same words
   *     gets the same one
   */
  Conditions(FunctionWalk walk, PathState state, boolean correlate) {
    this.walk = walk;
    this.state = state;
    this.correlate = correlate;
  }

  /** Takes it that the condition is true, or false; the answer is no if that cannot be. */
  boolean assume(Expr condition, boolean truth) {
    switch (condition.kind()) {
      case NUMBER:
        return condition.number() != 0 == truth;
      case UNARY:
        if (condition.isUnary("!")) {
          return assume(condition.operand(0), !truth);
        }
        return remember(condition, truth);
      case NAME:
        return name(condition, truth);
      case CALL:
        Optional<GfpMask> tested = walk.model().predicate(condition.callee());
        return tested.isEmpty()
            || condition.arguments().size() != 1
            || narrow(condition.arguments().get(0), tested.get(), false, truth);
      case BINARY:
        return binary(condition, truth);
      default:
        return remember(condition, truth);
    }
  }

  private boolean name(Expr condition, boolean truth) {
    Value value = state.variable(condition.name());
    if (value instanceof Value.Range r && (r.min() > 0 || r.max() == 0 && r.min() == 0)) {
      return r.min() > 0 == truth;
    }
    if (value instanceof Value.Parameter p) {
      state.guard(Guard.truth(p.index(), truth));
    }
    return remember(condition, truth);
  }

  private boolean binary(Expr condition, boolean truth) {
    Expr left = condition.operand(0);
    Expr right = condition.operand(1);
    switch (condition.name()) {
      case "&&":
        return !truth || assume(left, true) && assume(right, true);
      case "||":
        return truth || assume(left, false) && assume(right, false);
      case "&":
        GfpMask flags = constant(walk.peek(right));
        return flags != null && !flags.isEmpty()
            ? narrow(left, flags, false, truth)
            : remember(condition, truth);
      case "!=":
        return equality(condition, left, right, !truth) && remember(condition, truth);
      case "==":
        return equality(condition, left, right, truth) && remember(condition, truth);
      default:
        return remember(condition, truth);
    }
  }

  /** {@code (mask & flags) == flags}, {@code (mask & flags) == 0}, {@code flag == 0}. */
  private boolean equality(Expr condition, Expr left, Expr right, boolean equal) {
    Value other = walk.peek(right);
    boolean zero = other instanceof Value.Range r && r.min() == 0 && r.max() == 0;
    if (left.isBinary("&")) {
      GfpMask flags = constant(walk.peek(left.operand(1)));
      if (flags != null && !flags.isEmpty()) {
        if (zero) {
          return narrow(left.operand(0), flags, false, !equal);
        }
        if (flags.equals(constant(other))) {
          return narrow(left.operand(0), flags, true, equal);
        }
      }
      return true;
    }
    if (zero && left.is(Expr.Kind.NAME)) {
      return name(left, !equal);
    }
    return true;
  }

  private static GfpMask constant(Value value) {
    List<MaskAlternative> masks = value.masks();
    return masks.size() == 1 && masks.get(0).isConstant() ? masks.get(0).mask() : null;
  }

  /** Keeps the alternatives of a mask that answer as expected. */
  private boolean narrow(Expr mask, GfpMask flags, boolean all, boolean expected) {
    if (!mask.is(Expr.Kind.NAME)) {
      return true;
    }
    Value value = state.variable(mask.name());
    if (value == null) {
      return true;
    }
    if (value instanceof Value.Parameter p) {
      state.guard(new Guard(p.index(), flags, all, expected));
      return true;
    }
    List<MaskAlternative> masks = value.masks();
    if (masks.isEmpty()) {
      return true;
    }
    List<MaskAlternative> kept = new ArrayList<>();
    for (MaskAlternative m : masks) {
      if (!m.isConstant()) {
        kept.add(m);
      } else if (new Guard(0, flags, all, expected).admits(m.mask())) {
        kept.add(m);
      }
    }
    if (kept.isEmpty()) {
      return false;
    }
    state.refine(mask.name(), new Value.Masks(List.copyOf(kept)));
    return true;
  }

  private boolean remember(Expr condition, boolean truth) {
    if (!correlate || !isPure(condition)) {
      return true;
    }
    return state.answer(condition.text(), truth);
  }

  private static boolean isPure(Expr e) {
    switch (e.kind()) {
      case CALL, ASSIGN, OPAQUE, STRING:
        return false;
      default:
        return e.operands().stream().allMatch(Conditions::isPure);
    }
  }
}
