package org.gfplint.model;

import java.util.List;
import java.util.Set;

/**
 * Where a request is made.
 *
 * @param scopes task scopes in force, outermost first
 * @param atomic why the code must not sleep; empty if it may
 * @param realtime true for a PREEMPT_RT kernel
 */
public record ExecutionContext(
    List<ScopeKind> scopes, Set<AtomicContext> atomic, boolean realtime) {
  /** Process context, no scope, not PREEMPT_RT. */
  public static final ExecutionContext PROCESS = new ExecutionContext(List.of(), Set.of(), false);

  public ExecutionContext {
    scopes = List.copyOf(scopes);
    atomic = Set.copyOf(atomic);
  }

  public ExecutionContext withScopes(List<ScopeKind> newScopes) {
    return new ExecutionContext(newScopes, atomic, realtime);
  }

  public ExecutionContext withAtomic(Set<AtomicContext> newAtomic) {
    return new ExecutionContext(scopes, newAtomic, realtime);
  }

  /** The same on a PREEMPT_RT kernel. */
  public ExecutionContext onRealtime() {
    return new ExecutionContext(scopes, atomic, true);
  }

  public boolean isAtomic() {
    return !atomic.isEmpty();
  }
}
