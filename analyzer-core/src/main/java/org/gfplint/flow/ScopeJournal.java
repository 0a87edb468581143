package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/** Notes, path by path, what a function does to task scopes, and says at the end what is wrong. */
final class ScopeJournal {
  /** One anomaly and how often control got there with and without it. */
  private record Key(ScopeAnomaly.Kind kind, Span place, int scope) {}

  private final Map<Span, Integer> numbers = new LinkedHashMap<>();
  private final Map<Span, Integer> visits = new HashMap<>();
  private final Map<Key, ScopeAnomaly> found = new LinkedHashMap<>();
  private final Map<Key, Integer> times = new HashMap<>();
  private final Set<String> cookies = new HashSet<>();

  /** The number of the scope that a call opens. */
  int number(Span call) {
    return numbers.computeIfAbsent(call, c -> numbers.size());
  }

  void overwritten(OpenScope lost, OpenScope by, String cookie) {
    visits.merge(by.opened(), 1, Integer::sum);
    note(ScopeAnomaly.Kind.OVERWRITTEN, lost.kind(), by.opened(), lost, null, cookie);
  }

  void ignored(OpenScope scope) {
    if (scope != null) {
      visits.merge(scope.opened(), 1, Integer::sum);
      note(ScopeAnomaly.Kind.IGNORED, scope.kind(), scope.opened(), scope, null, "");
    }
  }

  /** A path leaves the function. */
  void leave(Span exit, PathState state) {
    visits.merge(exit, 1, Integer::sum);
    for (OpenScope scope : state.scopes()) {
      if (!scope.handedOver()) {
        note(ScopeAnomaly.Kind.LEFT_OPEN, scope.kind(), exit, scope, null, scope.cookie());
      }
    }
  }

  /** A call that closes a scope. */
  void restore(Expr call, ScopeKind kind, Expr argument, Value value, PathState state) {
    Span place = call.span();
    visits.merge(place, 1, Integer::sum);
    if (value instanceof Value.Cookie cookie) {
      restoreCookie(place, kind, argument.text(), state.scope(cookie.scope()), cookie, state);
      return;
    }
    if (argument.is(Expr.Kind.NAME) && state.variable(argument.name()) == null) {
      note(ScopeAnomaly.Kind.NEVER_SAVED, kind, place, null, null, argument.name());
      return;
    }
    // A cookie that went into an object comes back from there.
    String text = argument.text();
    List<OpenScope> open = state.scopes();
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).cookie().equals(text)) {
        state.close(open.get(i));
        return;
      }
    }
  }

  private void restoreCookie(
      Span place,
      ScopeKind kind,
      String text,
      OpenScope scope,
      Value.Cookie cookie,
      PathState state) {
    cookies.add(text);
    if (scope == null) {
      note(ScopeAnomaly.Kind.RESTORED_TWICE, kind, place, opened(cookie.scope()), null, text);
      return;
    }
    OpenScope inner = state.innermost();
    if (scope.kind() != kind) {
      note(ScopeAnomaly.Kind.WRONG_KIND, kind, place, scope, null, text);
    } else if (inner.number() != scope.number() && !inner.handedOver()) {
      note(ScopeAnomaly.Kind.NOT_LAST_IN_FIRST_OUT, kind, place, scope, inner.opened(), text);
    }
    state.close(scope);
  }

  private OpenScope opened(int number) {
    for (Map.Entry<Span, Integer> entry : numbers.entrySet()) {
      if (entry.getValue() == number) {
        return new OpenScope(number, ScopeKind.NOFS, entry.getKey(), "", false);
      }
    }
    return null;
  }

  private void note(
      ScopeAnomaly.Kind kind,
      ScopeKind scopeKind,
      Span place,
      OpenScope scope,
      Span related,
      String cookie) {
    Key key = new Key(kind, place, scope == null ? -1 : scope.number());
    times.merge(key, 1, Integer::sum);
    found.putIfAbsent(
        key,
        new ScopeAnomaly(
            kind, scopeKind, place, scope == null ? null : scope.opened(), related, cookie, false));
  }

  /** What is wrong, in order of place; a scope that stays open is reported at one exit. */
  List<ScopeAnomaly> anomalies(FunctionFacts facts) {
    Map<Object, ScopeAnomaly> chosen = new LinkedHashMap<>();
    found.forEach(
        (key, anomaly) -> {
          if (key.kind == ScopeAnomaly.Kind.NEVER_SAVED && !isLocal(facts, anomaly.cookie())) {
            return;
          }
          boolean always = times.get(key).equals(visits.get(key.place));
          ScopeAnomaly judged =
              new ScopeAnomaly(
                  anomaly.kind(),
                  anomaly.scope(),
                  anomaly.place(),
                  anomaly.opened(),
                  anomaly.related(),
                  anomaly.cookie(),
                  always);
          Object cause =
              key.kind == ScopeAnomaly.Kind.LEFT_OPEN
                  ? new Key(key.kind, anomaly.opened(), key.scope)
                  : key;
          chosen.merge(cause, judged, ScopeJournal::plainer);
        });
    List<ScopeAnomaly> result = new ArrayList<>(chosen.values());
    result.sort(Comparator.comparing(ScopeAnomaly::place, BY_PLACE));
    return List.copyOf(result);
  }

  private static final Comparator<Span> BY_PLACE =
      Comparator.comparingInt(Span::line).thenComparingInt(Span::column);

  /** Of two exits with the scope open, the one where it always is; else the first. */
  private static ScopeAnomaly plainer(ScopeAnomaly one, ScopeAnomaly other) {
    if (one.always() != other.always()) {
      return one.always() ? one : other;
    }
    return BY_PLACE.compare(one.place(), other.place()) <= 0 ? one : other;
  }

  private static boolean isLocal(FunctionFacts facts, String name) {
    return facts.locals().stream().anyMatch(v -> v.name().equals(name));
  }
}
