package org.gfplint.flow;

import java.util.List;
import java.util.Set;
import org.gfplint.model.LockKind;
import org.gfplint.model.ScopeKind;

/**
 * What holds where a call stands, on one way to it.
 *
 * @param scopes open task scopes, outermost first
 * @param closed scopes that the caller may have open and this function may have closed before
 * @param lapsed scopes that the caller may have open and that may have been left for a moment for
 *     longer than that
 * @param held contexts entered in this function, outermost first
 * @param left what the caller held and this function let go before
 * @param mountTime whether control only gets there before the filesystem is mounted
 * @param guards conditions on parameters that led here
 */
record Surroundings(
    List<OpenScope> scopes,
    Set<ScopeKind> closed,
    Set<ScopeKind> lapsed,
    List<Held> held,
    List<LockKind> left,
    boolean mountTime,
    List<Guard> guards) {
  /** Whether the call could just as well stand anywhere in the function. */
  boolean arePlain() {
    return scopes.isEmpty()
        && closed.isEmpty()
        && lapsed.isEmpty()
        && held.isEmpty()
        && left.isEmpty();
  }
}
