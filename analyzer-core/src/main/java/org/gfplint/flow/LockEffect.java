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
   * @param always what every path lets go
   * @param sometimes what further paths may let go; their correlation may not have been understood,
   *     so this is only believed where the caller holds it, and does not go on to its callers
   */
  record Change(List<Held> enters, Left always, Left sometimes) {
    static final Change NONE = new Change(List.of(), Left.NOTHING, Left.NOTHING);

    boolean isNone() {
      return enters.isEmpty() && always.isNothing() && sometimes.isNothing();
    }
  }

  /**
   * What the caller held and this function let go.
   *
   * @param locks in that order
   * @param interrupts whether interrupts are on afterwards that were off
   */
  record Left(List<LockKind> locks, boolean interrupts) {
    static final Left NOTHING = new Left(List.of(), false);

    boolean isNothing() {
      return locks.isEmpty() && !interrupts;
    }
  }

  boolean isConditional() {
    return !onTrue.equals(onFalse);
  }

  boolean isNone() {
    return onTrue.isNone() && onFalse.isNone();
  }
}
