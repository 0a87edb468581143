package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Block;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.facts.Variable;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;

/** Finds the masks that a function writes down. */
final class MaskUses {
  private final Program program;
  private final AllocatorModel model;
  private final int unit;
  private final FunctionFacts facts;
  private final Set<String> maskVariables = new HashSet<>();
  private final Set<String> constants = new TreeSet<>();
  private final List<MaskUse> uses = new ArrayList<>();

  MaskUses(Program program, AllocatorModel model, int unit, FunctionFacts facts) {
    this.program = program;
    this.model = model;
    this.unit = unit;
    this.facts = facts;
  }

  List<MaskUse> find() {
    for (Variable v : facts.parameters()) {
      noteVariable(v);
    }
    facts.locals().forEach(this::noteVariable);
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        look(event, Optional.empty());
      }
      Expr condition = block.exit().condition();
      if (condition != null) {
        if (block.exit().kind() == ExitKind.BRANCH) {
          lookAtCondition(condition);
        } else {
          look(condition, Optional.empty());
        }
      }
    }
    return List.copyOf(uses);
  }

  private void noteVariable(Variable v) {
    if (v.isGfp()) {
      maskVariables.add(v.name());
    }
  }

  private void add(MaskUse.Kind kind, Expr e, Span span, Optional<AllocatorApi> api) {
    MaskUse use = new MaskUse(kind, e, span, api, isMask(e), false);
    if (span != null && !uses.contains(use)) {
      uses.add(use);
    }
  }

  /** An expression whose value is used as a mask or not at all. */
  private void look(Expr e, Optional<AllocatorApi> maskOf) {
    switch (e.kind()) {
      case CALL -> call(e);
      case NAME -> {
        named(e, maskOf);
        if (program.isMaskConstant(e.name())) {
          constants.add(e.name());
        }
      }
      case BINARY -> {
        if (e.isBinary("|") && mentionsMask(e)) {
          if (namesMask(e)) {
            add(MaskUse.Kind.COMBINED, e, e.span(), maskOf);
          }
          operandsOfOr(e);
        } else if (isLogical(e)) {
          e.operands().forEach(this::lookAtCondition);
        } else {
          e.operands().forEach(this::lookAtSet);
        }
      }
      case UNARY -> {
        if (e.isUnary("!")) {
          lookAtCondition(e.operand(0));
        } else {
          lookAtSet(e.operand(0));
        }
      }
      case CONDITIONAL -> {
        lookAtCondition(e.operand(0));
        look(e.operand(1), maskOf);
        look(e.operand(2), maskOf);
      }
      case ASSIGN -> {
        look(e.operand(0), Optional.empty());
        if (e.name().equals("&=")) {
          lookAtSet(e.operand(1));
        } else {
          if (e.name().equals("=") && isMask(e.operand(0))) {
            add(MaskUse.Kind.MASK_VALUE, e.operand(1), e.operand(1).span(), Optional.empty());
          }
          look(e.operand(1), Optional.empty());
        }
      }
      default -> e.operands().forEach(o -> look(o, Optional.empty()));
    }
  }

  private static boolean isLogical(Expr e) {
    return e.isBinary("&&") || e.isBinary("||");
  }

  /** Flags that are looked for or taken away: any set of them makes sense. */
  private void lookAtSet(Expr e) {
    switch (e.kind()) {
      case CALL -> call(e);
      case NAME -> named(e, Optional.empty());
      default -> e.operands().forEach(this::lookAtSet);
    }
  }

  private void lookAtCondition(Expr e) {
    if (e.isUnary("!")) {
      lookAtCondition(e.operand(0));
    } else if (isLogical(e)) {
      e.operands().forEach(this::lookAtCondition);
    } else {
      if (e.isBinary("&") && namesMask(e.operand(1))) {
        add(MaskUse.Kind.TESTED, e, e.span(), Optional.empty());
      }
      look(e, Optional.empty());
    }
  }

  /** The tree's own names of masks that are used as one. */
  Set<String> constants() {
    return constants.isEmpty() ? Set.of() : constants;
  }

  private void named(Expr e, Optional<AllocatorApi> maskOf) {
    if (e.span() != null) {
      boolean own = program.constant(unit, e.name()).isPresent();
      MaskUse use = new MaskUse(MaskUse.Kind.NAMED, e, e.span(), maskOf, true, own);
      if (!uses.contains(use)) {
        uses.add(use);
      }
    }
  }

  /** The operands of a chain of '|' are one mask, reported once. */
  private void operandsOfOr(Expr e) {
    for (Expr operand : e.operands()) {
      if (operand.isBinary("|")) {
        operandsOfOr(operand);
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
        add(MaskUse.Kind.MASK_VALUE, argument, e.span(), api);
        look(argument, api);
        continue;
      }
      if (api.isPresent() && api.get().size().arguments().contains(i)) {
        add(MaskUse.Kind.SIZE_ARGUMENT, argument, e.span(), api);
      }
      look(argument, Optional.empty());
    }
  }

  /** A name of a mask, a variable of type gfp_t, or such joined by '|'. */
  private boolean isMask(Expr e) {
    if (e.isBinary("|")) {
      return isMask(e.operand(0)) && isMask(e.operand(1));
    }
    return e.is(Expr.Kind.NAME) && (model.isGfpName(e.name()) || maskVariables.contains(e.name()));
  }

  private boolean mentionsMask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return e.span() != null || program.isMaskConstant(e.name());
    }
    return e.isBinary("|") && e.anyOperand(this::mentionsMask);
  }

  /** Whether a mask is named in the expression itself, not in a call inside it. */
  private static boolean namesMask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return e.span() != null;
    }
    return !e.is(Expr.Kind.CALL) && e.anyOperand(MaskUses::namesMask);
  }
}
