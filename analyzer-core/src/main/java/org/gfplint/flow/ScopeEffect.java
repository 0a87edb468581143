package org.gfplint.flow;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   */
  record Opened(ScopeKind kind, String place, boolean nests, String provided) {
    Opened nested() {
      return new Opened(kind, place, true, provided);
    }

    Opened provided(String condition) {
      return new Opened(kind, place, nests, condition);
    }
  }

  /**
   * A scope of the caller's that it may close.
   *
   * @param certain whether it does in any case
   */
  record Closed(ScopeKind kind, String place, boolean certain) {}

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

  boolean isNone() {
    return bySign.values().stream().allMatch(Change::isNone);
  }

  /** Kinds of which it may close a scope of the caller's. */
  Set<ScopeKind> closedKinds() {
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    for (Change change : bySign.values()) {
      change.closes.forEach(c -> kinds.add(c.kind));
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
        change.closes.stream().map(c -> new Closed(c.kind, c.place, false)).toList());
  }

  /** The same where some ways lead to what opens nothing and only stands for what does. */
  static Change provided(Change change, String condition) {
    return new Change(
        change.opens.stream().map(o -> o.provided(condition)).toList(),
        change.closes.stream().map(c -> new Closed(c.kind, c.place, false)).toList());
  }

  /** What is opened on both ways, and what is closed on either. */
  static Change either(Change one, Change other) {
    if (one.equals(other)) {
      return one;
    }
    List<Opened> opens = new ArrayList<>();
    for (Opened o : one.opens) {
      if (other.opens.contains(o)) {
        opens.add(o);
      }
    }
    Set<Closed> closes = new LinkedHashSet<>();
    for (Closed c : one.closes) {
      closes.add(other.closes.contains(c) ? c : new Closed(c.kind, c.place, false));
    }
    for (Closed c : other.closes) {
      if (one.closes.stream().noneMatch(o -> o.kind == c.kind && o.place.equals(c.place))) {
        closes.add(new Closed(c.kind, c.place, false));
      }
    }
    return new Change(List.copyOf(opens), List.copyOf(closes));
  }
}
