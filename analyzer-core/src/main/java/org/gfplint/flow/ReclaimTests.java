package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.model.ReclaimKind;

/**
 * Which blocks of a function control only reaches in some kinds of reclaim, since the function asks
 * the mask first, as shrinkers do with {@code sc->gfp_mask & __GFP_FS}.
 */
final class ReclaimTests {
  private static final int MAX_DEPTH = 4;

  private final AllocatorModel model;
  private final FunctionFacts function;

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

  private BitSet reached(ReclaimKind missing) {
    BitSet reached = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(List.of(0));
    reached.set(0);
    while (!work.isEmpty()) {
      Block.Exit exit = function.blocks().get(work.poll()).exit();
      for (int i = 0; i < exit.targets().size(); i++) {
        boolean closed =
            exit.kind() == Block.ExitKind.BRANCH
                && proven(exit.condition(), i == 0, 0).compareTo(missing) >= 0;
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
