package org.gfplint.model;

import java.util.Collection;
import java.util.Set;

/**
 * What the answer of in_interrupt() and its kin says about the context. That the answer is 0 proves
 * nothing for any of them: none sees a plain spinlock in every kernel.
 *
 * @param trueIn contexts any of which makes the answer non-zero
 * @param falseIn contexts any of which makes it 0, if none of {@code trueIn} is there
 * @param maybeIn contexts in which it hangs on the kernel's configuration
 * @param otherwise the answer in any other context, process context included
 * @param proves what a non-zero answer proves
 */
public record ContextQuestion(
    Set<AtomicContext> trueIn,
    Set<AtomicContext> falseIn,
    Set<AtomicContext> maybeIn,
    Answer otherwise,
    Proof proves,
    Fact fact) {

  /** What a question returns in a context. */
  public enum Answer {
    NON_ZERO,
    ZERO,
    EITHER
  }

  /** What a non-zero answer proves. */
  public enum Proof {
    /** The code must not sleep. */
    ATOMIC,
    /** The code may sleep, save in an RCU read-side section. */
    MAY_SLEEP,
    NOTHING
  }

  public ContextQuestion {
    trueIn = Set.copyOf(trueIn);
    falseIn = Set.copyOf(falseIn);
    maybeIn = Set.copyOf(maybeIn);
  }

  /** Whether these contexts decide the answer, whatever else holds. */
  public boolean isDecidedBy(Collection<AtomicContext> contexts) {
    return contexts.stream().anyMatch(trueIn::contains)
        || trueIn.isEmpty() && contexts.stream().anyMatch(falseIn::contains);
  }

  /**
   * The answer where all of these contexts hold.
   *
   * @param contexts none for process context
   */
  public Answer answer(Collection<AtomicContext> contexts) {
    if (contexts.stream().anyMatch(trueIn::contains)) {
      return Answer.NON_ZERO;
    }
    if (contexts.stream().anyMatch(falseIn::contains)) {
      return Answer.ZERO;
    }
    return contexts.stream().anyMatch(maybeIn::contains) ? Answer.EITHER : otherwise;
  }
}
