package org.gfplint.flow;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.model.GfpMask;

/** What is known once a condition has been answered. */
final class Conditions {
  private final FunctionWalk walk;
  private final PathState state;
  private final Set<String> repeated;

  /**
   * Conditions on a path.
   *
   * @param repeated questions, in C, whose answers are remembered, so that a later one of the same
   *     words gets the same answer
   */
  Conditions(FunctionWalk walk, PathState state, Set<String> repeated) {
    this.walk = walk;
    this.state = state;
    this.repeated = repeated;
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
        if (tested.isPresent() && condition.arguments().size() == 1) {
          return narrow(condition.arguments().get(0), tested.get(), false, truth);
        }
        if (isErrorTest(condition)) {
          return errorPointer(condition, truth);
        }
        walk.decide(condition.span(), truth ? Sign.NOT_ZERO : Set.of(Sign.ZERO), state);
        return walk.canAnswer(condition.callee(), truth);
      case BINARY:
        return binary(condition, truth);
      default:
        return remember(condition, truth);
    }
  }

  private boolean name(Expr condition, boolean truth) {
    Value value = state.variable(condition.name());
    if (value instanceof Value.Range r && (r.min() > 0 || r.max() < 0 || r.min() == r.max())) {
      return (r.min() != 0) == truth;
    }
    if (!sign(condition, value, truth ? Sign.NOT_ZERO : Set.of(Sign.ZERO))) {
      return false;
    }
    if (value instanceof Value.Parameter p) {
      Guard guard = Guard.truth(p.index(), truth);
      if (state.contradicts(guard)) {
        return false;
      }
      // Says as much as the answer, and as long.
      state.guard(guard);
      return true;
    }
    return remember(condition, truth);
  }

  /** Notes the sign of a variable where it matters; the answer is no if it cannot be. */
  private boolean sign(Expr variable, Value value, Set<Sign> signs) {
    Set<Sign> possible = EnumSet.noneOf(Sign.class);
    possible.addAll(signs);
    if (value instanceof Value.Outcome outcome) {
      possible = walk.possible(outcome.call(), signs);
      walk.decide(outcome.call(), signs, state);
    } else if (value instanceof Value.Signs known) {
      possible.retainAll(known.signs());
    } else if (value != Value.UNKNOWN || !walk.tellsScopes(variable.name())) {
      return true;
    }
    if (possible.isEmpty()) {
      return false;
    }
    state.refine(variable.name(), Sign.value(possible));
    return true;
  }

  private static boolean isErrorTest(Expr call) {
    return call.arguments().size() == 1
        && (call.callee().equals("IS_ERR") || call.callee().equals("IS_ERR_OR_NULL"));
  }

  /** {@code IS_ERR(p)}: a pointer that carries an error. */
  private boolean errorPointer(Expr call, boolean truth) {
    Expr pointer = call.arguments().get(0);
    Set<Sign> signs = EnumSet.of(Sign.NEGATIVE);
    if (call.callee().endsWith("NULL")) {
      signs.add(Sign.ZERO);
    }
    if (!truth) {
      signs = EnumSet.complementOf(EnumSet.copyOf(signs));
    }
    Value value = pointer.is(Expr.Kind.NAME) ? state.variable(pointer.name()) : null;
    return value == null || sign(pointer, value, signs);
  }

  private boolean binary(Expr condition, boolean truth) {
    Expr left = condition.operand(0);
    Expr right = condition.operand(1);
    if (walk.peek(condition) instanceof Value.Range r && r.min() == r.max()) {
      return (r.min() != 0) == truth;
    }
    switch (condition.name()) {
      case "&&":
        return !truth || assume(left, true) && assume(right, true);
      case "||":
        return truth || assume(left, false) && assume(right, false);
      case "&":
        if (truth && right.is(Expr.Kind.NAME) && walk.model().isMountTimeFlag(right.name())) {
          state.beforeMount();
        }
        GfpMask flags = constant(walk.peek(right));
        return flags != null && !flags.isEmpty()
            ? narrow(left, flags, false, truth) && remember(condition, truth)
            : remember(condition, truth);
      case "!=", "==":
        boolean equal = truth == condition.name().equals("==");
        return left.is(Expr.Kind.NAME) && isZero(walk.peek(right))
            ? name(left, !equal)
            : equality(left, right, equal) && remember(condition, truth);
      case "<", "<=", ">", ">=":
        return comparedWithZero(left, right, signs(condition.name(), truth))
            && remember(condition, truth);
      default:
        return remember(condition, truth);
    }
  }

  private static boolean isZero(Value value) {
    return value instanceof Value.Range r && r.min() == 0 && r.max() == 0;
  }

  /** {@code (mask & flags) == flags}, {@code (mask & flags) == 0}, {@code flag == 0}. */
  private boolean equality(Expr left, Expr right, boolean equal) {
    Value other = walk.peek(right);
    boolean zero = isZero(other);
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
    if (zero && left.is(Expr.Kind.CALL) && left.span() != null) {
      walk.decide(left.span(), equal ? Set.of(Sign.ZERO) : Sign.NOT_ZERO, state);
      return true;
    }
    GfpMask mask = constant(other);
    return mask == null || sameMask(left, mask, equal);
  }

  /** {@code ret < 0}: of a call whose effect hangs on it, that it failed. */
  private boolean comparedWithZero(Expr left, Expr right, Set<Sign> signs) {
    if (!right.is(Expr.Kind.NUMBER) || right.number() != 0) {
      return true;
    }
    if (left.is(Expr.Kind.CALL)) {
      walk.decide(left.span(), signs, state);
      return true;
    }
    if (!left.is(Expr.Kind.NAME)) {
      return true;
    }
    Value value = state.variable(left.name());
    if (value instanceof Value.Range r) {
      Set<Sign> possible = EnumSet.copyOf(Sign.of(r));
      possible.retainAll(signs);
      return !possible.isEmpty();
    }
    return value == null || sign(left, value, signs);
  }

  private static Set<Sign> signs(String operator, boolean truth) {
    Set<Sign> signs =
        switch (operator) {
          case "<" -> Set.of(Sign.NEGATIVE);
          case "<=" -> Set.of(Sign.NEGATIVE, Sign.ZERO);
          case ">" -> Set.of(Sign.POSITIVE);
          default -> Sign.NOT_NEGATIVE;
        };
    return truth ? signs : EnumSet.complementOf(EnumSet.copyOf(signs));
  }

  /** {@code gfp == GFP_ATOMIC}. */
  private boolean sameMask(Expr left, GfpMask mask, boolean equal) {
    Value value = left.is(Expr.Kind.NAME) ? state.variable(left.name()) : null;
    if (value instanceof Value.Parameter p) {
      state.guard(Guard.sameAs(p.index(), mask, equal));
      return true;
    }
    if (!(value instanceof Value.Masks masks)) {
      return true;
    }
    List<MaskAlternative> kept = new ArrayList<>();
    for (MaskAlternative m : masks.alternatives()) {
      if (!m.isConstant() || m.mask().equals(mask) == equal) {
        kept.add(m);
      }
    }
    if (kept.isEmpty()) {
      return false;
    }
    state.refine(left.name(), new Value.Masks(List.copyOf(kept)));
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
      Guard guard = new Guard(p.index(), flags, all ? Guard.Test.ALL : Guard.Test.ANY, expected);
      if (state.contradicts(guard)) {
        return false;
      }
      state.guard(guard);
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
      } else if (new Guard(0, flags, all ? Guard.Test.ALL : Guard.Test.ANY, expected)
          .admits(m.mask())) {
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
    if (repeated.isEmpty() || !isPure(condition)) {
      return true;
    }
    String text = condition.text();
    return !repeated.contains(text) || state.answer(text, truth);
  }

  private static boolean isPure(Expr e) {
    switch (e.kind()) {
      case CALL, ASSIGN, OPAQUE, STRING:
        return false;
      default:
        return !e.anyOperand(o -> !isPure(o));
    }
  }
}
