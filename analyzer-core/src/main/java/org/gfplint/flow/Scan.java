package org.gfplint.flow;

import java.util.HashSet;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Variable;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;

/** A first look at a function: whether following its paths can tell anything. */
final class Scan {
  private final Program program;
  private final AllocatorModel model;
  private final Set<String> maskVariables = new HashSet<>();
  private boolean scopes;
  private boolean masks;
  private boolean masksVary;

  /** Whether a request's verdict may hang on its size. */
  private boolean sizesMatter;

  Scan(Program program, AllocatorModel model, FunctionFacts function) {
    this.program = program;
    this.model = model;
    for (Variable v : function.parameters()) {
      if (v.isGfp()) {
        maskVariables.add(v.name());
      }
    }
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
        look(condition);
        masksVary |=
            block.exit().kind() == Block.ExitKind.BRANCH && mentionsMaskVariable(condition);
      }
    }
  }

  /** Whether the function opens or closes a task scope. */
  boolean hasScopes() {
    return scopes;
  }

  /** Whether it has to do with masks at all. */
  boolean mentionsMasks() {
    return masks || !maskVariables.isEmpty();
  }

  /** Whether what an expression means depends on the path that leads to it. */
  boolean dependsOnPath() {
    return scopes || masksVary || sizesMatter;
  }

  private void look(Expr e) {
    if (e.is(Expr.Kind.CALL) && !e.callee().isEmpty()) {
      scopes |= model.scopeOperation(e.callee()).isPresent();
      sizesMatter |= model.api(e.callee()).filter(model::isSizeSensitive).isPresent();
    } else if (e.is(Expr.Kind.NAME)) {
      sizesMatter |= model.isSizeSensitive(e.name());
      masks |= e.span() != null || program.isMaskConstant(e.name());
    } else if (e.is(Expr.Kind.ASSIGN) && e.operand(0).is(Expr.Kind.NAME)) {
      String target = e.operand(0).name();
      if (maskVariables.contains(target) || mentionsMask(e.operand(1))) {
        masksVary = true;
      }
    }
    for (Expr operand : e.operands()) {
      look(operand);
    }
  }

  /** Whether the value is made of masks, not merely of the result of a call that takes one. */
  private boolean mentionsMask(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return maskVariables.contains(e.name()) || model.isGfpName(e.name());
    }
    return !e.is(Expr.Kind.CALL) && e.anyOperand(this::mentionsMask);
  }

  private boolean mentionsMaskVariable(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return maskVariables.contains(e.name());
    }
    return e.anyOperand(this::mentionsMaskVariable);
  }
}
