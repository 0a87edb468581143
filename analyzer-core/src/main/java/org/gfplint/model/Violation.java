package org.gfplint.model;

import java.util.List;
import java.util.Locale;

/**
 * A difference between what a request asked for, what its context allows and what it would do.
 *
 * @param kind which comparison failed
 * @param effect what it does that was not wanted
 * @param certain false if it is only possible, since the size is not known
 * @param why one sentence for a kernel maintainer
 * @param facts what it rests on
 */
public record Violation(Kind kind, Effect effect, boolean certain, String why, List<Fact> facts) {

  /** Which comparison failed. */
  public enum Kind {
    /** The mask forbids something that an internal request does all the same. */
    RESTRICTION_IGNORED,
    /** kvmalloc would not try vmalloc. */
    FALLBACK_LOST,
    /** __GFP_NOFAIL with a size or order the kernel does not support it for. */
    NOFAIL_ORDER,
    /** __GFP_NOFAIL on a request that cannot do direct reclaim. */
    NOFAIL_CANNOT_BLOCK,
    /** __GFP_NOFAIL that an allocator does not honour, so that NULL is still possible. */
    NOFAIL_LOST,
    /** The task scope takes away something the mask allows. */
    SCOPE_NARROWS,
    /** The task scope changes what the caller can rely on. */
    SCOPE_BITES,
    /** May sleep where that is not allowed. */
    SLEEPS_IN_ATOMIC,
    /** Any allocation where PREEMPT_RT, or an NMI, allows none. */
    ALLOCATES_IN_RAW_CONTEXT;

    /** As reports spell it: "restriction-ignored". */
    public String spelling() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
