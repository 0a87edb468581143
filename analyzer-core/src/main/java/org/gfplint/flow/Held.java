package org.gfplint.flow;

import java.util.Set;
import org.gfplint.facts.Span;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.LockKind;

/**
 * A context in which a path must not sleep, or a lock that it holds, and where it entered it.
 *
 * @param object the lock in C; "" if there is none or it is not known
 * @param entered the call that entered
 * @param by what was called, as in "spin_lock()"
 * @param lockClass what tells its lock from others; null if that is not known or was not asked for
 */
public record Held(
    LockKind lock,
    Set<AtomicContext> contexts,
    String object,
    Span entered,
    String by,
    LockClass lockClass) {}
