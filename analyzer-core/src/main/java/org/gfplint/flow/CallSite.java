package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;

/** A call of anything but an allocator or a scope function. */
record CallSite(String callee, Expr call, int block, List<Visit> visits) {
  /**
   * One way control gets there.
   *
   * @param arguments what each argument can be
   */
  record Visit(List<Value> arguments, Surroundings surroundings) {
    /**
     * Whether the call could just as well stand anywhere, and hands on nothing that may be a mask
     * or a size.
     *
     * @param function that it stands in
     */
    boolean isPlain(FunctionFacts function) {
      if (!surroundings.arePlain()) {
        return false;
      }
      for (Value argument : arguments) {
        if (tells(argument, function)) {
          return false;
        }
      }
      return true;
    }

    private static boolean tells(Value v, FunctionFacts function) {
      return v instanceof Value.Masks
          || v instanceof Value.Parameter p
              && !function.parameters().get(p.index()).type().endsWith("*");
    }
  }
}
