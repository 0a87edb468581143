package org.gfplint.flow;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/**
 * A task scope that a function opened.
 *
 * @param number the how manieth it is that is opened in this function
 * @param opened the call that opens it
 * @param by the function that does it for this one, or ""
 * @param cookie where the cookie went, in C; "" if nowhere
 * @param keeper who may close it
 * @param nests whether opening it again there opens nothing more
 * @param provided what it takes for it to be open at all, a clause; "" if nothing
 */
public record OpenScope(
    int number,
    ScopeKind kind,
    Span opened,
    String by,
    String cookie,
    Keeper keeper,
    boolean nests,
    String provided) {
  /** Who has the cookie. */
  public enum Keeper {
    /** Nobody else. */
    THIS_FUNCTION,
    /** Whoever can get at the object that it is in. */
    OBJECT,
    /** The caller, or a function that is not known well enough. */
    SOMEBODY,
    /** A caller, who had opened it before. */
    CALLER
  }

  /** The parts of a condition that is a clause; none of "". */
  static List<String> clauses(String provided) {
    return provided.isEmpty() ? List.of() : List.of(provided.split(AND));
  }

  /** What it takes for a scope that was left for a moment to be open again. */
  private static final String ENTERED_AGAIN =
      "it is entered again wherever it is left for a moment";

  private static final String AND = " and ";

  /** Two conditions as one clause; either may be "". */
  static String both(String one, String other) {
    if (one.isEmpty() || one.equals(other)) {
      return other;
    }
    if (other.isEmpty()) {
      return one;
    }
    Set<String> all = new TreeSet<>(Comparator.reverseOrder());
    all.addAll(List.of(one.split(AND)));
    all.addAll(List.of(other.split(AND)));
    return String.join(AND, all);
  }

  /** What a condition becomes where the scope may have lapsed. */
  static String lapsed(String provided) {
    return both(provided, ENTERED_AGAIN);
  }

  OpenScope lapse() {
    return new OpenScope(number, kind, opened, by, cookie, keeper, nests, lapsed(provided));
  }

  boolean handedOver() {
    return keeper != Keeper.THIS_FUNCTION;
  }

  OpenScope handOver() {
    return keptBy(Keeper.SOMEBODY);
  }

  OpenScope keptBy(Keeper other) {
    return keeper == other
        ? this
        : new OpenScope(number, kind, opened, by, cookie, other, nests, provided);
  }

  OpenScope withCookie(String target) {
    return new OpenScope(number, kind, opened, by, target, keeper, nests, provided);
  }
}
