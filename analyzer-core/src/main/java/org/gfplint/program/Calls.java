package org.gfplint.program;

import java.util.ArrayList;
import java.util.List;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;

/** The calls in a function, in order. */
public final class Calls {
  private Calls() {}

  public static List<Expr> of(FunctionFacts function) {
    List<Expr> calls = new ArrayList<>();
    for (Block block : function.blocks()) {
      for (Expr event : block.events()) {
        collect(event, calls);
      }
      if (block.exit().condition() != null) {
        collect(block.exit().condition(), calls);
      }
    }
    return calls;
  }

  private static void collect(Expr e, List<Expr> calls) {
    if (e.is(Expr.Kind.CALL)) {
      calls.add(e);
    }
    for (Expr operand : e.operands()) {
      collect(operand, calls);
    }
  }
}
