package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.facts.Block;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;

/** Finds the masks that a function writes down. */
final class MaskUses {
  private final Program program;
  private final AllocatorModel model;
  private final int unit;
  private final FunctionFacts facts;
  private final List<MaskUse> uses = new ArrayList<>();

  MaskUses(Program program, AllocatorModel model, int unit, FunctionFacts facts) {
    this.program = program;
    this.model = model;
    this.unit = unit;
    this.facts = facts;
  }

  List<MaskUse> find() {
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        look(event, Optional.empty());
      }
      Expr condition = block.exit().condition();
      if (condition != null) {
        if (block.exit().kind() == ExitKind.BRANCH && isMaskTest(condition)) {
          add(MaskUse.Kind.TESTED, condition, condition.span(), Optional.empty());
        }
        look(condition, Optional.empty());
      }
    }
    return List.copyOf(uses);
  }

  private void add(MaskUse.Kind kind, Expr e, Span span, Optional<AllocatorApi> api) {
    MaskUse use = new MaskUse(kind, e, span, api, false);
    if (span != null && !uses.contains(use)) {
      uses.add(use);
    }
  }

  private void look(Expr e, Optional<AllocatorApi> maskOf) {
    switch (e.kind()) {
      case CALL -> call(e);
      case NAME -> {
        if (e.span() != null) {
          boolean own = program.constant(unit, e.name()).isPresent();
          MaskUse use = new MaskUse(MaskUse.Kind.NAMED, e, e.span(), maskOf, own);
          if (!uses.contains(use)) {
            uses.add(use);
          }
        }
      }
      case BINARY -> {
        if (e.isBinary("|") && namesMask(e)) {
          add(MaskUse.Kind.COMBINED, e, e.span(), maskOf);
          lookBelowOr(e);
        } else {
          e.operands().forEach(o -> look(o, Optional.empty()));
        }
      }
      default -> e.operands().forEach(o -> look(o, Optional.empty()));
    }
  }

  /** The operands of a chain of '|' are one mask, reported once. */
  private void lookBelowOr(Expr e) {
    for (Expr operand : e.operands()) {
      if (operand.isBinary("|")) {
        lookBelowOr(operand);
      } else {
        look(operand, Optional.empty());
      }
    }
  }

  private void call(Expr e) {
    Optional<AllocatorApi> api = e.callee().isEmpty() ? Optional.empty() : model.api(e.callee());
    List<Expr> arguments = e.arguments();
    int maskIndex = api.isPresent() ? api.get().maskArgument().orElse(-1) : -1;
    for (int i = 0; i < arguments.size(); i++) {
      Expr argument = arguments.get(i);
      if (i == maskIndex) {
        add(MaskUse.Kind.MASK_ARGUMENT, argument, e.span(), api);
        look(argument, api);
        continue;
      }
      if (api.isPresent() && api.get().size().arguments().contains(i)) {
        add(MaskUse.Kind.SIZE_ARGUMENT, argument, e.span(), api);
      }
      look(argument, Optional.empty());
    }
  }

  /** Whether a mask is named in the expression itself, not in a call inside it. */
  static boolean namesMask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return e.span() != null;
    }
    return !e.is(Expr.Kind.CALL) && e.operands().stream().anyMatch(MaskUses::namesMask);
  }

  private boolean isMaskTest(Expr condition) {
    return condition.isBinary("&") && namesMask(condition.operand(1));
  }
}
