package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;

/** A call of anything but an allocator or a scope function. */
record CallSite(String callee, Expr call, int block, List<Visit> visits) {
  /**
   * One way control gets there.
   *
   * @param arguments what each argument can be
   */
  record Visit(List<Value> arguments, Surroundings surroundings) {
    /** Whether the call could just as well stand anywhere. */
    boolean isPlain() {
      return surroundings.arePlain() && arguments.stream().noneMatch(Visit::carriesMask);
    }

    private static boolean carriesMask(Value v) {
      return v instanceof Value.Masks || v instanceof Value.Parameter;
    }
  }
}
