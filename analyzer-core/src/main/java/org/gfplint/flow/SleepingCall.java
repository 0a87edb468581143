package org.gfplint.flow;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.Sleeper;

/**
 * A call of what is no allocator but may sleep, as vfree(), where nothing may.
 *
 * @param function where it stands
 * @param held what forbids to sleep there, outermost first
 * @param approach calls from where that was entered down to {@code function}
 */
public record SleepingCall(
    int function,
    Expr call,
    List<Request.Context> held,
    List<Request.Hop> approach,
    Sleeper sleeper) {
  /** Why it must not sleep. */
  public Set<AtomicContext> contexts() {
    Set<AtomicContext> contexts = EnumSet.noneOf(AtomicContext.class);
    held.forEach(h -> contexts.addAll(h.contexts()));
    return contexts;
  }
}
