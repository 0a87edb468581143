package org.gfplint.flow;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.TaskFlagOperation;

/**
 * Scopes that are opened and closed without the functions for it: by changing {@code
 * current->flags}, or by macros that do, as {@code current_set_flags_nested()} of XFS.
 */
final class TaskFlags {
  /** Where the flag is if its old value is kept nowhere. */
  static final String PLACE = "current->flags";

  /** Those that restrict a mask; what goes with PF_MEMALLOC is more than a scope. */
  private static final Set<ScopeKind> KINDS = EnumSet.of(ScopeKind.NOFS, ScopeKind.NOIO);

  /**
   * What an expression does to the task's flags.
   *
   * @param place of the old value, or {@link #PLACE}
   * @param anybodys whether what it closes may be a scope of the caller's
   */
  record Change(boolean opens, Set<ScopeKind> kinds, String place, boolean anybodys) {}

  private TaskFlags() {}

  /** Whether it is the flags of the running task that are assigned to. */
  static boolean areAssigned(Expr e) {
    return e.is(Expr.Kind.ASSIGN)
        && e.operand(0).is(Expr.Kind.FIELD)
        && e.operand(0).name().equals("flags")
        && e.operand(0).operand(0).isName("current");
  }

  /** An assignment for which {@link #areAssigned} says yes. */
  static Optional<Change> assigned(Expr e, FunctionFacts facts) {
    Expr value = e.operand(1);
    switch (e.name()) {
      case "|=":
        return change(true, kinds(value, facts), PLACE);
      case "&=":
        return change(false, value.isUnary("~") ? kinds(value, facts) : KINDS, PLACE);
      case "=":
        // An old value comes back, or so it seems.
        return value.is(Expr.Kind.NAME)
            ? Optional.of(new Change(false, KINDS, PLACE, false))
            : Optional.empty();
      default:
        return Optional.empty();
    }
  }

  /** A call of something that sets or restores the flags it is given. */
  static Optional<Change> called(Expr call, FunctionFacts facts, AllocatorModel model) {
    Optional<TaskFlagOperation> operation = model.taskFlagOperation(call.callee());
    if (operation.isEmpty() || operation.get().flags() >= call.arguments().size()) {
      return Optional.empty();
    }
    String place = PLACE;
    if (operation.get().place().isPresent()) {
      Expr kept = call.arguments().get(operation.get().place().getAsInt());
      place = kept.isUnary("&") ? kept.operand(0).text() : kept.text();
    }
    Set<ScopeKind> kinds = kinds(call.arguments().get(operation.get().flags()), facts);
    return change(operation.get().opens(), kinds, place);
  }

  private static Optional<Change> change(boolean opens, Set<ScopeKind> kinds, String place) {
    return kinds.isEmpty() ? Optional.empty() : Optional.of(new Change(opens, kinds, place, true));
  }

  /** Scopes whose flags an expression names, or the variable that it is. */
  private static Set<ScopeKind> kinds(Expr e, FunctionFacts facts) {
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    addKinds(e, kinds);
    if (kinds.isEmpty() && e.is(Expr.Kind.NAME)) {
      for (Block block : facts.blocks()) {
        for (Expr event : block.events()) {
          if (event.is(Expr.Kind.ASSIGN) && event.operand(0).isName(e.name())) {
            addKinds(event.operand(1), kinds);
          }
        }
      }
    }
    return kinds;
  }

  private static void addKinds(Expr e, Set<ScopeKind> kinds) {
    if (e.is(Expr.Kind.NAME)) {
      ScopeKind.ofTaskFlag(e.name()).filter(KINDS::contains).ifPresent(kinds::add);
    }
    e.operands().forEach(o -> addKinds(o, kinds));
  }
}
