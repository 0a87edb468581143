package org.gfplint.flow;

import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/**
 * A cookie in an object that is restored by another function than it was saved by, and wrongly.
 *
 * @param function that restores it
 * @param restore the call
 * @param restored the kind it is restored as
 * @param cookie in C
 * @param saver function that saves it
 * @param save the call
 * @param saved the kind that was saved
 * @param registered where {@code function} is registered to be called back; null if the kind is
 *     what is wrong
 * @param registeredIn the function that does that, or -1
 */
public record CookieElsewhere(
    int function,
    Span restore,
    ScopeKind restored,
    String cookie,
    int saver,
    Span save,
    ScopeKind saved,
    Span registered,
    int registeredIn) {}
