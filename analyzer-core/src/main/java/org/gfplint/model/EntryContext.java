package org.gfplint.model;

import java.util.OptionalInt;
import java.util.Set;

/**
 * In which context a callback begins.
 *
 * @param where the function that registers it, as in "request_irq", or the struct and field that
 *     hold it, as in "net_device_ops.ndo_start_xmit"
 * @param argument of a registration: which argument it is, 0-based; empty for a field
 * @param field of a registration: the member of the argument's object that is the callback; "" if
 *     the argument is the callback itself
 * @param contexts why it must not sleep; empty if it may
 * @param realtimeContexts the same on PREEMPT_RT
 * @param unthreaded constants that, among the arguments of the registration, keep PREEMPT_RT from
 *     running it in a thread
 * @param reclaim which requests for memory may call it
 * @param nonzero fields that are not zero where reclaim calls it
 * @param elsewhere whether it is not reclaim itself that calls it, but a task that reclaim waits
 *     for
 * @param filesystem whether the caller may hold what reclaim of filesystems waits for: a page, an
 *     inode, a transaction, a device's queue
 * @param inherits the field of the same table whose function's locks are still held; "" if none
 * @param passedTo functions that are given an object of this struct
 * @param certainty whether the kernel's source or documentation says so
 * @param unless constants, fields and functions that make it something else where the same file
 *     uses one of them
 * @param given what its arguments are where it is called in these contexts: "3=1" or "1=0", the
 *     number from 1, if one is true or false; "last&FLAG" if it holds a flag
 */
public record EntryContext(
    String where,
    OptionalInt argument,
    String field,
    Set<AtomicContext> contexts,
    Set<AtomicContext> realtimeContexts,
    Set<String> unthreaded,
    ReclaimKind reclaim,
    Set<String> nonzero,
    boolean elsewhere,
    boolean filesystem,
    String inherits,
    Set<String> passedTo,
    Certainty certainty,
    Set<String> unless,
    Set<String> given,
    Fact fact) {

  /** What an entry rests on. */
  public enum Certainty {
    /** The function that calls it was read, or the kernel documents it. */
    CERTAIN,
    /** It is commonly so, or so for some of its callers only: a hint. */
    CONVENTION
  }

  public EntryContext {
    contexts = Set.copyOf(contexts);
    realtimeContexts = Set.copyOf(realtimeContexts);
    unthreaded = Set.copyOf(unthreaded);
    nonzero = Set.copyOf(nonzero);
    passedTo = Set.copyOf(passedTo);
    unless = Set.copyOf(unless);
    given = Set.copyOf(given);
  }

  /** The same where only PREEMPT_RT counts. */
  EntryContext onRealtime() {
    return new EntryContext(
        where,
        argument,
        field,
        realtimeContexts,
        realtimeContexts,
        unthreaded,
        reclaim,
        nonzero,
        elsewhere,
        filesystem,
        inherits,
        passedTo,
        certainty,
        unless,
        given,
        fact);
  }

  public Set<AtomicContext> contexts(boolean realtime) {
    return realtime ? realtimeContexts : contexts;
  }

  /** True if it is known to begin in process context, where it may sleep. */
  public boolean isSleepableEntry() {
    return contexts.isEmpty() && certainty == Certainty.CERTAIN;
  }
}
