package org.gfplint.flow;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.model.ScopeCarrier;
import org.gfplint.model.ScopeKind;

/**
 * What a call does to the task scopes of its caller.
 *
 * @param bySign how it ends, by what it returns; what it never returns is left out
 */
record ScopeEffect(Map<Sign, Change> bySign) {
  /** Where a cookie is that the function returns. */
  static final String RETURNED = "return";

  /** What the names of places begin with whose object the caller cannot name. */
  static final String ELSEWHERE = "?";

  /**
   * A scope that it leaves open.
   *
   * @param place where its cookie is, as {@link Places} names it; "" if nowhere
   * @param nests whether it opens nothing more where it is open already
   * @param provided what it takes for it to open it at all, a clause; "" if nothing
   * @param found whether it only shows that one is open
   */
  record Opened(ScopeKind kind, String place, boolean nests, String provided, boolean found) {
    Opened nested() {
      return new Opened(kind, place, true, provided, found);
    }

    Opened provided(String condition) {
      return new Opened(kind, place, nests, OpenScope.both(provided, condition), found);
    }

    private boolean isSame(Opened other) {
      return kind == other.kind && place.equals(other.place);
    }
  }

  /**
   * A scope of the caller's that it may close.
   *
   * @param certain whether it does in any case
   * @param lapsed whether it only left the scope for a moment and then failed to open it again
   */
  record Closed(ScopeKind kind, String place, boolean certain, boolean lapsed) {
    Closed uncertain() {
      return certain ? new Closed(kind, place, false, lapsed) : this;
    }

    /** Who clears a task flag on a condition only undoes what was set on it. */
    boolean mayBeAnybodys() {
      return certain || !place.equals(TaskFlags.PLACE);
    }

    Closed at(String other) {
      return new Closed(kind, other, certain, lapsed);
    }

    Closed lapse() {
      return new Closed(kind, place, false, true);
    }

    private boolean isSame(Closed other) {
      return kind == other.kind && place.equals(other.place);
    }
  }

  /** One way it can end. */
  record Change(List<Opened> opens, List<Closed> closes) {
    static final Change NONE = new Change(List.of(), List.of());

    boolean isNone() {
      return opens.isEmpty() && closes.isEmpty();
    }
  }

  static final ScopeEffect NONE = new ScopeEffect(Map.of());

  static ScopeEffect of(Map<Sign, Change> bySign) {
    ScopeEffect effect = new ScopeEffect(Map.copyOf(bySign));
    return effect.isNone() ? NONE : effect;
  }

  /** What a function does that returns the task's own object of a type, if it has one. */
  static ScopeEffect ofCarrier(ScopeCarrier carrier) {
    Opened opened =
        new Opened(
            carrier.kind(), ELSEWHERE + "->" + carrier.cookie(), true, carrier.provided(), true);
    return of(
        Map.of(Sign.POSITIVE, new Change(List.of(opened), List.of()), Sign.ZERO, Change.NONE));
  }

  boolean isNone() {
    if (this == NONE) {
      return true;
    }
    for (Change change : bySign.values()) {
      if (!change.isNone()) {
        return false;
      }
    }
    return true;
  }

  /** Kinds of which it may close a scope of the caller's. */
  Set<ScopeKind> closedKinds() {
    return closedKinds(false);
  }

  /** Kinds of which a scope of the caller's may not be open any more where it should be again. */
  Set<ScopeKind> lapsedKinds() {
    return closedKinds(true);
  }

  private Set<ScopeKind> closedKinds(boolean lapsed) {
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    for (Change change : bySign.values()) {
      change.closes.stream()
          .filter(c -> c.lapsed == lapsed && c.mayBeAnybodys())
          .forEach(c -> kinds.add(c.kind));
    }
    return kinds;
  }

  boolean isConditional() {
    return bySign.values().stream().distinct().count() > 1;
  }

  /** What it does if it returns one of these: opens what it opens in any case. */
  Change when(Set<Sign> signs) {
    Change result = null;
    for (Sign sign : Sign.values()) {
      Change change = signs.contains(sign) ? bySign.get(sign) : null;
      if (change != null) {
        result = result == null ? change : either(result, change);
      }
    }
    return result == null ? Change.NONE : result;
  }

  /** The same where some ways find done already what it does. */
  static Change nesting(Change change) {
    return new Change(
        change.opens.stream().map(Opened::nested).toList(),
        change.closes.stream().map(Closed::uncertain).toList());
  }

  /** The same where some ways lead to what opens nothing and only stands for what does. */
  static Change provided(Change change, String condition) {
    return new Change(
        change.opens.stream().map(o -> o.provided(condition)).toList(),
        change.closes.stream().map(Closed::uncertain).toList());
  }

  /** What is opened on both ways, and what is closed on either. */
  static Change either(Change one, Change other) {
    if (one.equals(other)) {
      return one;
    }
    List<Opened> opens = new ArrayList<>();
    for (Opened o : one.opens) {
      for (Opened p : other.opens) {
        if (o.isSame(p)) {
          opens.add(
              new Opened(
                  o.kind,
                  o.place,
                  o.nests || p.nests,
                  // What shows that a scope is open takes nothing from who opens one.
                  o.found == p.found
                      ? OpenScope.both(o.provided, p.provided)
                      : o.found ? p.provided : o.provided,
                  o.found && p.found));
          break;
        }
      }
    }
    Set<Closed> closes = new LinkedHashSet<>();
    for (Closed c : one.closes) {
      Closed d = other.closes.stream().filter(c::isSame).findFirst().orElse(null);
      closes.add(
          d == null
              ? c.uncertain()
              : new Closed(c.kind, c.place, c.certain && d.certain, c.lapsed && d.lapsed));
    }
    for (Closed c : other.closes) {
      if (one.closes.stream().noneMatch(c::isSame)) {
        closes.add(c.uncertain());
      }
    }
    return new Change(List.copyOf(opens), List.copyOf(closes));
  }
}
