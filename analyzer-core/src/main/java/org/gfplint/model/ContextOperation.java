package org.gfplint.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What spin_lock(), rcu_read_unlock() and their kin do to the context of their caller.
 *
 * @param kind whether it enters or leaves
 * @param lock what it takes, drops or switches
 * @param contexts why the task must not sleep inside; empty for locks that sleep
 * @param realtimeContexts the same on PREEMPT_RT
 * @param lockArgument which argument is the lock, 0-based; empty where there is none
 * @param lockField the member of that argument's object that is the lock, as in "sk_lock.slock"; ""
 *     if the argument is the lock itself
 * @param flagsArgument which argument holds the interrupt flags that are saved and restored,
 *     0-based; empty where there is none
 * @param taken when the caller is inside afterwards; always {@link Taken#ALWAYS} for leaving
 * @param waits whether entering waits until others have left; false for attempts
 * @param shared whether several may be inside at a time, as readers
 * @param facts what it rests on
 */
public record ContextOperation(
    Kind kind,
    LockKind lock,
    Set<AtomicContext> contexts,
    Set<AtomicContext> realtimeContexts,
    OptionalInt lockArgument,
    String lockField,
    OptionalInt flagsArgument,
    Taken taken,
    boolean waits,
    boolean shared,
    List<Fact> facts) {

  /** Direction. */
  public enum Kind {
    ENTER,
    LEAVE
  }

  /** What a call's result says about having entered. */
  public enum Taken {
    ALWAYS,
    /** As spin_trylock() does. */
    IF_NON_ZERO,
    /** As mutex_lock_interruptible() does. */
    IF_ZERO
  }

  public ContextOperation {
    contexts = Set.copyOf(contexts);
    realtimeContexts = Set.copyOf(realtimeContexts);
    facts = List.copyOf(facts);
  }

  public boolean enters() {
    return kind == Kind.ENTER;
  }

  /** True if it enters only if it returns non-zero. */
  public boolean trylock() {
    return taken == Taken.IF_NON_ZERO;
  }

  /** The same with another argument as the lock; empty for the same one. */
  ContextOperation withLock(OptionalInt argument) {
    return argument.isEmpty()
        ? this
        : new ContextOperation(
            kind,
            lock,
            contexts,
            realtimeContexts,
            argument,
            lockField,
            flagsArgument,
            taken,
            waits,
            shared,
            facts);
  }

  /** The same where only PREEMPT_RT counts. */
  ContextOperation onRealtime() {
    return new ContextOperation(
        kind,
        lock,
        realtimeContexts,
        realtimeContexts,
        lockArgument,
        lockField,
        flagsArgument,
        taken,
        waits,
        shared,
        facts);
  }

  public Set<AtomicContext> contexts(boolean realtime) {
    return realtime ? realtimeContexts : contexts;
  }
}
