package org.gfplint.flow;

import org.gfplint.model.GfpMask;

/**
 * A condition on a parameter that a path depends on.
 *
 * @param parameter 0-based
 * @param mask the flags that are looked for; empty if it asks for truth
 * @param expected what the answer has to be
 */
public record Guard(int parameter, GfpMask mask, Test test, boolean expected) {
  /** What is asked. */
  public enum Test {
    /** Whether any of the flags is there. */
    ANY,
    /** Whether all of the flags are there. */
    ALL,
    /** Whether these are the flags and no others. */
    SAME,
    /** Whether it is anything but zero. */
    TRUTH
  }

  /** The parameter is, or is not, zero. */
  static Guard truth(int parameter, boolean expected) {
    return new Guard(parameter, GfpMask.NONE, Test.TRUTH, expected);
  }

  /** The parameter is, or is not, this mask. */
  static Guard sameAs(int parameter, GfpMask mask, boolean expected) {
    return new Guard(parameter, mask, Test.SAME, expected);
  }

  boolean asksForTruth() {
    return test == Test.TRUTH;
  }

  /** Whether a mask answers as expected. */
  boolean admits(GfpMask value) {
    boolean answer =
        switch (test) {
          case ANY -> value.intersects(mask);
          case ALL -> value.containsAll(mask);
          case SAME -> value.equals(mask);
          case TRUTH -> !value.isEmpty();
        };
    return answer == expected;
  }

  Guard opposite() {
    return new Guard(parameter, mask, test, !expected);
  }

  Guard onParameter(int other) {
    return new Guard(other, mask, test, expected);
  }
}
