package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Variable;
import org.gfplint.flow.Callees.Callee;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ScopeKind;
import org.gfplint.program.Program;

/** A first look at a function: whether following its paths can tell anything. */
final class Scan {
  /** What the names of task flags begin with. */
  private static final String TASK_FLAGS = "PF_";

  private final Program program;
  private final AllocatorModel model;
  private final EffectTable<LockEffect> effects;
  private final EffectTable<ScopeEffect> scopeEffects;
  private final Callees callees;
  private final boolean sleepingLocks;
  private final FunctionFacts function;
  private final Set<String> maskVariables = new HashSet<>();

  /** Variables that are part of a size, and what is assigned to others that may be. */
  private final Set<String> sizes = new HashSet<>();

  private final List<Expr> assignments = new ArrayList<>();

  /** Made once, since it is asked of every call. */
  private final Predicate<Expr> mentionsMask = this::mentionsMask;

  /** Variables that are asked for by themselves. */
  private final Set<String> tested = new HashSet<>();

  /** Variables that the function returns. */
  private final Set<String> returned = new HashSet<>();

  private boolean scopes;
  private boolean taskFlags;
  private boolean locks;
  private boolean masks;
  private boolean masksVary;

  /** Whether a request's verdict may hang on its size. */
  private boolean sizesMatter;

  Scan(Knowledge knowledge, FunctionFacts function) {
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.effects = knowledge.effects();
    this.scopeEffects = knowledge.scopeEffects();
    this.callees = knowledge.callees();
    this.sleepingLocks = knowledge.sleepingLocks();
    this.function = function;
    for (Variable v : function.parameters()) {
      if (v.isGfp()) {
        maskVariables.add(v.name());
      }
    }
    boolean takesMask = !maskVariables.isEmpty();
    for (Variable v : function.locals()) {
      if (v.isGfp()) {
        maskVariables.add(v.name());
      }
    }
    for (Block block : function.blocks()) {
      for (Expr event : block.events()) {
        look(event);
      }
      Expr condition = block.exit().condition();
      if (condition != null) {
        if (block.exit().kind() == Block.ExitKind.RETURN && condition.is(Expr.Kind.NAME)) {
          returned.add(condition.name());
        }
        if (block.exit().kind() == Block.ExitKind.BRANCH) {
          Expr first = condition.is(Expr.Kind.BINARY) ? condition.operand(0) : condition;
          if (first.is(Expr.Kind.NAME)) {
            tested.add(first.name());
          }
        }
        look(condition);
        masksVary |=
            block.exit().kind() == Block.ExitKind.BRANCH
                && (mentionsMaskVariable(condition) || takesMask && asksForParameter(condition));
      }
    }
  }

  /** Whether a variable is part of a size, by way of others maybe. */
  boolean isSize(String variable) {
    if (!assignments.isEmpty()) {
      int before = -1;
      while (before < sizes.size()) {
        before = sizes.size();
        for (Expr assignment : assignments) {
          if (sizes.contains(assignment.operand(0).name())) {
            addNames(assignment.operand(1), sizes);
          }
        }
      }
      assignments.clear();
    }
    return sizes.contains(variable);
  }

  private static void addNames(Expr e, Set<String> names) {
    if (e.is(Expr.Kind.NAME)) {
      names.add(e.name());
    }
    for (Expr operand : e.operands()) {
      addNames(operand, names);
    }
  }

  /** Whether the function opens or closes a task scope. */
  boolean hasScopes() {
    return scopes;
  }

  /** Whether it names the flags of task scopes, or calls what sets them. */
  boolean mentionsTaskFlags() {
    return taskFlags;
  }

  /** Whether it enters or leaves a context of those that are kept account of. */
  boolean hasLocks() {
    return locks;
  }

  /** Whether what is in a variable may tell the caller which scopes are open. */
  boolean tellsScopes(String variable) {
    return scopes && returned.contains(variable);
  }

  /** Whether some condition asks for a variable. */
  boolean tests(String variable) {
    return tested.contains(variable);
  }

  /** Whether it has to do with masks at all. */
  boolean mentionsMasks() {
    return masks || !maskVariables.isEmpty();
  }

  /** Whether what an expression means depends on the path that leads to it. */
  boolean dependsOnPath() {
    return scopes || locks || masksVary || sizesMatter;
  }

  /** Questions that the function asks more than once where the answer matters later, in C. */
  Set<String> repeatedConditions() {
    if (!scopes && !locks) {
      return Set.of();
    }
    Set<String> asked = new HashSet<>();
    Set<String> again = new HashSet<>();
    for (Block block : function.blocks()) {
      if (block.exit().kind() == Block.ExitKind.BRANCH) {
        count(block.exit().condition(), asked, again);
      }
    }
    return again;
  }

  private static void count(Expr e, Set<String> asked, Set<String> again) {
    if (e.isUnary("!") || e.isBinary("&&") || e.isBinary("||")) {
      e.operands().forEach(o -> count(o, asked, again));
      return;
    }
    String text = e.text();
    if (!asked.add(text)) {
      again.add(text);
    }
    if (e.isBinary("==") || e.isBinary("!=")) {
      count(e.operand(0), asked, again);
    }
  }

  private void look(Expr e) {
    if (e.is(Expr.Kind.CALL) && !e.callee().isEmpty()) {
      call(e, e.callee());
    } else if (e.is(Expr.Kind.NAME)) {
      sizesMatter = sizesMatter || model.isSizeSensitive(e.name());
      masks = masks || e.span() != null || program.isMaskConstant(e.name());
      taskFlags |= e.name().startsWith(TASK_FLAGS) && ScopeKind.ofTaskFlag(e.name()).isPresent();
    } else if (TaskFlags.areAssigned(e)) {
      scopes |= TaskFlags.assigned(e, function).isPresent();
    } else if (e.is(Expr.Kind.ASSIGN) && e.operand(0).is(Expr.Kind.NAME)) {
      String target = e.operand(0).name();
      assignments.add(e);
      if (maskVariables.contains(target) || mentionsMask(e.operand(1))) {
        masksVary = true;
      }
    }
    for (Expr operand : e.operands()) {
      look(operand);
    }
  }

  private void call(Expr e, String name) {
    Callee callee = callees.of(name);
    scopes =
        scopes
            || callee.scope().isPresent()
            || callee.changesTaskFlags()
            || scopeEffects.mayHave(name);
    taskFlags |= callee.setsScopeFlags();
    locks =
        locks
            || effects.mayHave(name)
            || name.equals(FunctionWalk.GUARD_ENTER)
            || callee.context().isPresent()
                && (sleepingLocks || !callee.context().get().contexts().isEmpty());
    sizesMatter |= callee.api().isPresent() && model.isSizeSensitive(callee.api().get());
    // What is called is no mask, so it may be asked with the arguments.
    if (callee.api().isPresent() || e.anyOperand(mentionsMask)) {
      for (Expr argument : e.arguments()) {
        addNames(argument, sizes);
      }
    }
  }

  /** Whether the value is made of masks, not merely of the result of a call that takes one. */
  private boolean mentionsMask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return maskVariables.contains(e.name()) || model.isGfpName(e.name());
    }
    return !e.is(Expr.Kind.CALL) && e.anyOperand(mentionsMask);
  }

  /** Whether it hangs on a parameter by itself, as on a flag that the caller chooses. */
  private boolean asksForParameter(Expr condition) {
    return condition.is(Expr.Kind.NAME)
        && function.parameters().stream().anyMatch(p -> p.name().equals(condition.name()));
  }

  private boolean mentionsMaskVariable(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return maskVariables.contains(e.name());
    }
    return e.anyOperand(this::mentionsMaskVariable);
  }
}
