package org.gfplint.flow;

import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/**
 * Something wrong with how a function opens and closes task scopes.
 *
 * @param scope the kind that is restored, or that is open
 * @param place where it goes wrong
 * @param open the scope in question; null if there is none
 * @param related another scope that has to do with it, or null
 * @param cookie the cookie's variable
 * @param always whether it goes wrong however control got there
 */
public record ScopeAnomaly(
    Kind kind,
    ScopeKind scope,
    Span place,
    OpenScope open,
    OpenScope related,
    String cookie,
    boolean always) {
  /** The call that opened the scope in question; null if there is none. */
  public Span opened() {
    return open == null ? null : open.opened();
  }

  /** What goes wrong. */
  public enum Kind {
    /** The function ends with the scope open. */
    LEFT_OPEN,
    /** A cookie is restored that no save has set on this path. */
    NEVER_SAVED,
    /** The cookie is zero, since no save has set it on this path. */
    ZERO_COOKIE,
    /** An outer scope is closed before an inner one. */
    NOT_LAST_IN_FIRST_OUT,
    RESTORED_TWICE,
    /** The cookie of an open scope is lost, since another one takes its place. */
    OVERWRITTEN,
    /** Nobody keeps the cookie, so that nobody can close the scope. */
    IGNORED,
    /** The cookie is one of another kind of scope. */
    WRONG_KIND
  }
}
