package org.gfplint.flow;

import org.gfplint.model.GfpMask;

/**
 * A condition on a parameter that a path depends on.
 *
 * @param parameter 0-based
 * @param mask the flags that are looked for; empty asks whether the parameter is not zero
 * @param all whether all of the flags must be there, rather than any
 * @param expected what the answer has to be
 */
public record Guard(int parameter, GfpMask mask, boolean all, boolean expected) {
  /** The parameter is, or is not, zero. */
  static Guard truth(int parameter, boolean expected) {
    return new Guard(parameter, GfpMask.NONE, false, expected);
  }

  boolean asksForTruth() {
    return mask.isEmpty();
  }

  /** Whether a mask answers as expected. */
  boolean admits(GfpMask value) {
    if (asksForTruth()) {
      return !value.isEmpty() == expected;
    }
    return (all ? value.containsAll(mask) : value.intersects(mask)) == expected;
  }

  Guard onParameter(int other) {
    return new Guard(other, mask, all, expected);
  }
}
