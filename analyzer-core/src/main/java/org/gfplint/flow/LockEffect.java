package org.gfplint.flow;

import java.util.List;
import org.gfplint.model.LockKind;

/**
 * What a call does to the contexts of its caller.
 *
 * @param onTrue when it returns something other than zero
 * @param onFalse when it returns zero
 */
record LockEffect(Change onTrue, Change onFalse) {
  static final LockEffect NONE = new LockEffect(Change.NONE, Change.NONE);

  /**
   * One way it can end.
   *
   * @param enters contexts that it leaves behind
   * @param leaves contexts of the caller's that it may have let go, in that order
   * @param enablesInterrupts whether interrupts may be on afterwards that were off
   */
  record Change(List<Held> enters, List<LockKind> leaves, boolean enablesInterrupts) {
    static final Change NONE = new Change(List.of(), List.of(), false);

    boolean isNone() {
      return enters.isEmpty() && leaves.isEmpty() && !enablesInterrupts;
    }
  }

  boolean isConditional() {
    return !onTrue.equals(onFalse);
  }

  boolean isNone() {
    return onTrue.isNone() && onFalse.isNone();
  }
}
