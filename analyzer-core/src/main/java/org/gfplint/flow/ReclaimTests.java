package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.GfpMask;
import org.gfplint.model.ReclaimKind;

/**
 * Which blocks of a function control only reaches in some kinds of reclaim, since the function asks
 * first: for the mask, as shrinkers do with {@code sc->gfp_mask & __GFP_FS}, for a field, or for
 * another lock of the same object.
 */
final class ReclaimTests {
  private static final int MAX_DEPTH = 4;

  private final AllocatorModel model;
  private final FunctionFacts function;
  private Boolean tries;

  /** By kind, the blocks that control reaches even if the mask does not allow it. */
  private final Map<ReclaimKind, BitSet> without = new EnumMap<>(ReclaimKind.class);

  ReclaimTests(AllocatorModel model, FunctionFacts function) {
    this.model = model;
    this.function = function;
    boolean asks = false;
    for (Block block : function.blocks()) {
      Expr condition = block.exit().condition();
      asks |= condition != null && block.exit().kind() == Block.ExitKind.BRANCH && asks(condition);
    }
    if (asks) {
      for (ReclaimKind kind : List.of(ReclaimKind.DIRECT, ReclaimKind.IO, ReclaimKind.FS)) {
        without.put(kind, reached(kind));
      }
    }
  }

  /** The reclaim that alone gets to a block. */
  ReclaimKind needed(int block) {
    ReclaimKind needed = ReclaimKind.NONE;
    for (Map.Entry<ReclaimKind, BitSet> e : without.entrySet()) {
      if (!e.getValue().get(block)) {
        needed = needed.narrower(e.getKey());
      }
    }
    return needed;
  }

  /** Whether control only gets to a block if one of these fields was found to be zero. */
  boolean needsZero(int block, Set<String> fields) {
    if (fields.isEmpty()) {
      return false;
    }
    return !reached((condition, truth) -> isZero(condition, truth, fields)).get(block);
  }

  /** Whether control only gets to a block if a lock of this object was free; it is given in C. */
  boolean needsTrylock(int block, String object, ContextModel contexts) {
    return !object.isEmpty()
        && tries(contexts)
        && !reached((condition, truth) -> isTaken(condition, truth, object, contexts)).get(block);
  }

  /** Whether the function tries to take a lock at all; asked of every call. */
  private boolean tries(ContextModel contexts) {
    if (tries == null) {
      tries =
          function.blocks().stream()
              .map(b -> b.exit().condition())
              .anyMatch(c -> c != null && tries(c, contexts));
    }
    return tries;
  }

  private static boolean tries(Expr e, ContextModel contexts) {
    return !e.callee().isEmpty()
            && contexts
                .contextOperation(e.callee())
                .filter(o -> o.enters() && !o.waits())
                .isPresent()
        || e.anyOperand(o -> tries(o, contexts));
  }

  private boolean isZero(Expr e, boolean truth, Set<String> fields) {
    if (e.is(Expr.Kind.NAME)) {
      Expr assigned = assigned(e.name());
      return assigned != null && !assigned.is(Expr.Kind.NAME) && isZero(assigned, truth, fields);
    }
    if (e.is(Expr.Kind.FIELD)) {
      return !truth && fields.contains(e.name());
    }
    if (e.isUnary("!")) {
      return isZero(e.operand(0), !truth, fields);
    }
    if (!e.is(Expr.Kind.BINARY)) {
      return false;
    }
    Expr left = e.operand(0);
    Expr right = e.operand(1);
    boolean zero = right.is(Expr.Kind.NUMBER) && right.number() == 0;
    return switch (e.name()) {
      case "&&" -> truth && (isZero(left, true, fields) || isZero(right, true, fields));
      case "||" -> !truth && (isZero(left, false, fields) || isZero(right, false, fields));
      case "==" -> zero && isZero(left, !truth, fields);
      case "!=", ">" -> zero && isZero(left, truth, fields);
      default -> false;
    };
  }

  private static boolean isTaken(Expr e, boolean truth, String object, ContextModel contexts) {
    if (e.isUnary("!")) {
      return isTaken(e.operand(0), !truth, object, contexts);
    }
    if (e.isBinary("&&") && truth || e.isBinary("||") && !truth) {
      return isTaken(e.operand(0), truth, object, contexts)
          || isTaken(e.operand(1), truth, object, contexts);
    }
    ContextOperation operation =
        e.callee().isEmpty() ? null : contexts.contextOperation(e.callee()).orElse(null);
    int lock = operation == null ? -1 : operation.lockArgument().orElse(-1);
    return lock >= 0
        && lock < e.arguments().size()
        && operation.enters()
        && !operation.waits()
        && operation.trylock() == truth
        && object(e.arguments().get(lock)).equals(object);
  }

  /** What a lock is a member of, in C; "" if that is not known. */
  static String object(Expr lock) {
    Expr member = lock;
    while (member.is(Expr.Kind.UNARY) || member.is(Expr.Kind.INDEX)) {
      member = member.operand(0);
    }
    return member.is(Expr.Kind.FIELD) ? member.operand(0).text() : "";
  }

  private BitSet reached(ReclaimKind missing) {
    return reached((condition, truth) -> proven(condition, truth, 0).compareTo(missing) >= 0);
  }

  /** What is reached without going where the condition would have to be true, or false. */
  private BitSet reached(BiPredicate<Expr, Boolean> closes) {
    BitSet reached = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(List.of(0));
    reached.set(0);
    while (!work.isEmpty()) {
      Block.Exit exit = function.blocks().get(work.poll()).exit();
      for (int i = 0; i < exit.targets().size(); i++) {
        boolean closed =
            exit.kind() == Block.ExitKind.BRANCH && closes.test(exit.condition(), i == 0);
        int target = exit.targets().get(i);
        if (!closed && !reached.get(target)) {
          reached.set(target);
          work.add(target);
        }
      }
    }
    return reached;
  }

  private boolean asks(Expr condition) {
    return proven(condition, true, 0) != ReclaimKind.NONE
        || proven(condition, false, 0) != ReclaimKind.NONE;
  }

  /** The reclaim that the mask is known to allow if the condition is true, or false. */
  private ReclaimKind proven(Expr e, boolean truth, int depth) {
    if (depth > MAX_DEPTH) {
      return ReclaimKind.NONE;
    }
    switch (e.kind()) {
      case UNARY:
        return e.isUnary("!") ? proven(e.operand(0), !truth, depth + 1) : ReclaimKind.NONE;
      case NAME:
        Expr assigned = assigned(e.name());
        return assigned == null ? ReclaimKind.NONE : proven(assigned, truth, depth + 1);
      case CALL:
        GfpMask asked = model.predicate(e.callee()).orElse(null);
        return asked != null && truth ? model.reclaimOf(asked, false) : ReclaimKind.NONE;
      case BINARY:
        return binary(e, truth, depth);
      default:
        return ReclaimKind.NONE;
    }
  }

  private ReclaimKind binary(Expr e, boolean truth, int depth) {
    Expr left = e.operand(0);
    Expr right = e.operand(1);
    switch (e.name()) {
      case "&&", "||":
        ReclaimKind one = proven(left, truth, depth + 1);
        ReclaimKind other = proven(right, truth, depth + 1);
        boolean both = e.name().equals("&&") == truth;
        return both ? one.narrower(other) : one.compareTo(other) < 0 ? one : other;
      case "&":
        return truth ? flags(right, false) : ReclaimKind.NONE;
      case "==", "!=":
        if (!left.isBinary("&")) {
          return ReclaimKind.NONE;
        }
        boolean equal = e.name().equals("==") == truth;
        boolean zero = right.is(Expr.Kind.NUMBER) && right.number() == 0;
        return zero
            ? equal ? ReclaimKind.NONE : flags(left.operand(1), false)
            : equal ? flags(right, true) : ReclaimKind.NONE;
      default:
        return ReclaimKind.NONE;
    }
  }

  private ReclaimKind flags(Expr e, boolean all) {
    GfpMask flags = mask(e);
    return flags == null ? ReclaimKind.NONE : model.reclaimOf(flags, all);
  }

  private GfpMask mask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return model.mask(e.name()).orElse(null);
    }
    if (!e.isBinary("|")) {
      return null;
    }
    GfpMask left = mask(e.operand(0));
    GfpMask right = mask(e.operand(1));
    return left == null || right == null ? null : left.or(right);
  }

  /** What a variable is, if it is assigned but once. */
  private Expr assigned(String variable) {
    Expr found = null;
    for (Block block : function.blocks()) {
      for (Expr event : block.events()) {
        if (event.is(Expr.Kind.ASSIGN) && event.operand(0).isName(variable)) {
          if (found != null || !event.name().equals("=")) {
            return null;
          }
          found = event.operand(1);
        }
      }
    }
    return found;
  }
}
