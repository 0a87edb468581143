package org.gfplint.flow;

import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/**
 * A task scope that a function opened.
 *
 * @param number the how manieth call that opens one in this function it is
 * @param opened the call that opens it
 * @param cookie where the cookie went, in C; "" if nowhere
 * @param handedOver whether somebody else may close it: its cookie went into an object, to the
 *     caller or to another function
 */
public record OpenScope(
    int number, ScopeKind kind, Span opened, String cookie, boolean handedOver) {
  OpenScope handOver() {
    return handedOver ? this : new OpenScope(number, kind, opened, cookie, true);
  }

  OpenScope withCookie(String target) {
    return new OpenScope(number, kind, opened, target, handedOver);
  }
}
