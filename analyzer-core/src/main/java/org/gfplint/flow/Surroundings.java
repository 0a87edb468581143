package org.gfplint.flow;

import java.util.List;
import org.gfplint.model.LockKind;

/**
 * What holds where a call stands, on one way to it.
 *
 * @param scopes open task scopes, outermost first
 * @param held contexts entered in this function, outermost first
 * @param left what the caller held and this function let go before
 * @param guards conditions on parameters that led here
 */
record Surroundings(
    List<OpenScope> scopes, List<Held> held, List<LockKind> left, List<Guard> guards) {
  /** Whether the call could just as well stand anywhere in the function. */
  boolean arePlain() {
    return scopes.isEmpty() && held.isEmpty() && left.isEmpty();
  }
}
