package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ScopeKind;

/**
 * Notes, path by path, what a function does to task scopes, and says at the end what is wrong and
 * what its callers have to know.
 */
final class ScopeJournal {
  /** One anomaly and how often control got there with and without it. */
  private record Key(ScopeAnomaly.Kind kind, Span place, int scope) {}

  /** A scope is told by the call that opens it, and by how manieth it is there. */
  private record Opening(Span call, int index) {}

  /** One way out. */
  private record Exit(
      Span place,
      Set<Sign> returns,
      List<OpenScope> open,
      Set<Integer> ended,
      List<ScopeEffect.Closed> closed,
      boolean counted,
      String provided) {}

  /**
   * A call that closes a scope.
   *
   * @param place of the cookie
   * @param scope its number, or -1 if it was not opened here
   * @param direct whether the call is the restore itself
   */
  record Closing(Span call, ScopeKind kind, String place, int scope, boolean direct) {}

  private final AllocatorModel model;
  private final FunctionFacts facts;
  private final Map<Opening, Integer> numbers = new LinkedHashMap<>();
  private final Map<Integer, OpenScope> opened = new HashMap<>();
  private final Map<Span, Integer> visits = new HashMap<>();
  private final Map<Key, ScopeAnomaly> found = new LinkedHashMap<>();
  private final Map<Key, Integer> times = new HashMap<>();
  private final Set<Exit> exits = new LinkedHashSet<>();
  private final Set<Closing> closings = new LinkedHashSet<>();

  ScopeJournal(AllocatorModel model, FunctionFacts facts) {
    this.model = model;
    this.facts = facts;
  }

  // ---- opening

  /**
   * A call opens a scope.
   *
   * @param index tells the scopes apart that one call opens
   * @param by the function that does it, or "" if the call itself does
   * @param cookie where the cookie goes; "" if that will be seen
   * @param nests whether it may already be open
   * @param provided what it takes for it to be open at all, a clause; "" if nothing
   * @return the number of the scope
   */
  int open(
      Span call,
      int index,
      ScopeKind kind,
      String by,
      String cookie,
      OpenScope.Keeper keeper,
      boolean nests,
      String provided,
      PathState state) {
    int number = numbers.computeIfAbsent(new Opening(call, index), o -> numbers.size());
    OpenScope again = state.scope(number);
    if (again != null) {
      // Round a loop with the scope still open: one scope stands for all of them.
      state.close(again);
      if (!again.handedOver() && !again.cookie().isEmpty()) {
        overwritten(again, again, again.cookie());
      }
      state.reopen(again.handOver());
      return number;
    }
    OpenScope scope = new OpenScope(number, kind, call, by, cookie, keeper, nests, provided);
    opened.put(number, scope);
    if (!nests) {
      overwriteInObject(scope, state);
    }
    state.reopen(scope);
    return number;
  }

  /** An object has room for one cookie. */
  void overwriteInObject(OpenScope by, PathState state) {
    if (by.keeper() != OpenScope.Keeper.OBJECT || by.cookie().startsWith(ScopeEffect.ELSEWHERE)) {
      return;
    }
    for (OpenScope lost : state.scopes()) {
      if (lost.number() != by.number()
          && lost.keeper() == OpenScope.Keeper.OBJECT
          && lost.cookie().equals(by.cookie())) {
        overwritten(lost, by, by.cookie());
        state.replaceScope(lost.number(), OpenScope::handOver);
      }
    }
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

  // ---- closing

  /**
   * A scope is closed.
   *
   * @param call that does it
   * @param closed kind, and the place in this function's own words
   * @param value of the cookie
   * @param direct whether the call is the restore itself
   */
  void restore(Span call, ScopeEffect.Closed closed, Value value, boolean direct, PathState state) {
    visits.merge(call, 1, Integer::sum);
    ScopeKind kind = closed.kind();
    String text = value instanceof Value.Kept kept ? kept.place() : closed.place();
    if (closed.lapsed()) {
      lapse(closed.at(text), value, state);
      return;
    }
    if (value instanceof Value.Cookie cookie) {
      closings.add(new Closing(call, kind, text, cookie.scope(), direct));
      restoreCookie(call, closed, state.scope(cookie.scope()), cookie, state);
      return;
    }
    OpenScope scope = kept(kind, text, state.scopes());
    closings.add(new Closing(call, kind, text, scope == null ? -1 : scope.number(), direct));
    boolean variable = Places.isVariable(text);
    if (variable && isLocal(text) && state.variable(text) == null) {
      if (closed.certain()) {
        note(ScopeAnomaly.Kind.NEVER_SAVED, kind, call, null, null, text);
      }
      return;
    }
    if (value instanceof Value.Range r && r.min() == 0 && r.max() == 0) {
      // What a zero does is the version's business.
      boolean clears =
          !model.restore(EnumSet.of(kind), kind, EnumSet.noneOf(ScopeKind.class)).contains(kind);
      if (closed.certain() && (clears && variable || direct && !variable)) {
        note(ScopeAnomaly.Kind.ZERO_COOKIE, kind, call, null, null, text);
      }
      return;
    }
    // A cookie that went into an object comes back from there.
    if (scope != null) {
      if (scope.kind() != kind && closed.certain() && (direct || scope.by().isEmpty())) {
        note(ScopeAnomaly.Kind.WRONG_KIND, kind, call, scope, null, text);
      }
      state.close(scope);
      if (scope.keeper() != OpenScope.Keeper.CALLER) {
        return;
      }
    }
    String place = Places.forCallers(facts, text);
    if (!place.equals(ScopeEffect.ELSEWHERE)) {
      state.closeCallers(closed.at(place));
    }
  }

  /** Whether the caller learns from what it gets that the scope is open, and from nothing else. */
  private boolean isShown(OpenScope scope, List<OpenScope> open) {
    return givesCarrier()
        && open.stream()
            .noneMatch(
                s ->
                    s.keeper() != OpenScope.Keeper.CALLER
                        && s.kind() == scope.kind()
                        && Places.alike(s.cookie(), scope.cookie()));
  }

  private boolean givesCarrier() {
    return model.scopeCarriers().stream()
        .anyMatch(
            c ->
                facts.returnType().equals(c.type() + "*")
                    || facts.parameters().stream().anyMatch(v -> v.type().equals(c.type() + "**")));
  }

  /** What should be open again may not be. */
  private void lapse(ScopeEffect.Closed closed, Value value, PathState state) {
    OpenScope scope =
        value instanceof Value.Cookie cookie
            ? state.scope(cookie.scope())
            : kept(closed.kind(), closed.place(), state.scopes());
    if (scope != null) {
      state.replaceScope(scope.number(), OpenScope::lapse);
      return;
    }
    String place = Places.forCallers(facts, closed.place());
    if (!place.equals(ScopeEffect.ELSEWHERE)) {
      state.closeCallers(closed.at(place).lapse());
    }
  }

  /** The innermost scope whose cookie is there; null if there is none. */
  private static OpenScope kept(ScopeKind kind, String text, List<OpenScope> open) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).cookie().equals(text)) {
        return open.get(i);
      }
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).kind() == kind && Places.alike(open.get(i).cookie(), text)) {
        return open.get(i);
      }
    }
    return null;
  }

  private void restoreCookie(
      Span call, ScopeEffect.Closed closed, OpenScope scope, Value.Cookie cookie, PathState state) {
    ScopeKind kind = closed.kind();
    String text = closed.place();
    if (scope == null) {
      if (closed.certain()) {
        note(ScopeAnomaly.Kind.RESTORED_TWICE, kind, call, opened.get(cookie.scope()), null, text);
      }
      return;
    }
    OpenScope inner = state.innermost();
    if (closed.certain()) {
      if (scope.kind() != kind) {
        note(ScopeAnomaly.Kind.WRONG_KIND, kind, call, scope, null, text);
      } else if (inner.number() != scope.number() && !inner.handedOver()) {
        note(ScopeAnomaly.Kind.NOT_LAST_IN_FIRST_OUT, kind, call, scope, inner, text);
      }
    }
    state.close(scope);
  }

  // ---- leaving

  /** A path leaves the function. */
  void leave(Span exit, Set<Sign> returns, PathState state) {
    leave(exit, returns, "", state);
  }

  /**
   * A path leaves the function.
   *
   * @param provided not empty if it returns what only stands for an object that opens a scope: what
   *     it takes for it to be such an object
   */
  void leave(Span exit, Set<Sign> returns, String provided, PathState state) {
    visits.merge(exit, 1, Integer::sum);
    for (OpenScope scope : state.scopes()) {
      if (!scope.handedOver()) {
        note(ScopeAnomaly.Kind.LEFT_OPEN, scope.kind(), exit, scope, null, scope.cookie());
      }
    }
    exits.add(
        new Exit(
            exit,
            returns,
            state.scopes(),
            state.ended(),
            state.closed(),
            state.counted(),
            provided));
  }

  /**
   * A scope that an object keeps may be meant for the caller. It is not if elsewhere the function
   * closes it itself, unless that is where it fails and leaves it to those for whom it succeeds.
   */
  private void objectsLeftOpen() {
    for (Exit exit : exits) {
      for (OpenScope scope : exit.open) {
        // Of an object that the function cannot name it cannot be told whether it is still there.
        if (scope.keeper() != OpenScope.Keeper.OBJECT
            || scope.cookie().startsWith(ScopeEffect.ELSEWHERE)) {
          continue;
        }
        for (Exit other : exits) {
          if (other.ended.contains(scope.number()) && !(succeeds(exit) && fails(other))) {
            note(
                ScopeAnomaly.Kind.LEFT_OPEN, scope.kind(), exit.place, scope, null, scope.cookie());
            break;
          }
        }
      }
    }
  }

  /** Whether it may be that the function does there what it is for. */
  private boolean succeeds(Exit exit) {
    switch (facts.returnType()) {
      case "void":
        return false;
      case "bool":
        return exit.returns.contains(Sign.POSITIVE);
      default:
        return isPointer()
            ? exit.returns.contains(Sign.POSITIVE)
            : exit.returns.contains(Sign.ZERO) || !exit.returns.contains(Sign.NEGATIVE);
    }
  }

  private boolean fails(Exit exit) {
    if (facts.returnType().equals("bool")) {
      return exit.returns.contains(Sign.ZERO);
    }
    return isPointer()
        ? exit.returns.size() > 1 || !exit.returns.contains(Sign.POSITIVE)
        : exit.returns.size() > 1 || !exit.returns.contains(Sign.ZERO);
  }

  private boolean isPointer() {
    return facts.returnType().endsWith("*");
  }

  /**
   * What all paths together amount to. A scope is only opened for the caller if it is on every path
   * that returns the like; those that merely count themselves in have found it open.
   */
  ScopeEffect effect() {
    if (exits.isEmpty()) {
      return ScopeEffect.NONE;
    }
    Set<ScopeEffect.Closed> moments = moments();
    Map<Sign, ScopeEffect.Change> bySign = new EnumMap<>(Sign.class);
    for (Sign sign : Sign.values()) {
      ScopeEffect.Change change = change(sign, moments);
      if (change != null) {
        bySign.put(sign, change);
      }
    }
    return ScopeEffect.of(bySign);
  }

  /** What some way out has closed and opened again. */
  private Set<ScopeEffect.Closed> moments() {
    Set<ScopeEffect.Closed> moments = new HashSet<>();
    for (Exit exit : exits) {
      if (!exit.closed.isEmpty()) {
        Set<ScopeEffect.Closed> left = new HashSet<>(exit.closed);
        change(exit, Set.of()).closes().forEach(left::remove);
        left.forEach(c -> moments.add(c.lapse()));
      }
    }
    return moments;
  }

  private ScopeEffect.Change change(Sign sign, Set<ScopeEffect.Closed> moments) {
    ScopeEffect.Change result = null;
    boolean counted = false;
    String provided = "";
    for (Exit exit : exits) {
      if (!exit.returns.contains(sign)) {
        continue;
      }
      ScopeEffect.Change change = change(exit, moments);
      if (change.isNone() && !exit.provided.isEmpty()) {
        provided = exit.provided;
      } else if (change.isNone() && exit.counted) {
        counted = true;
      } else {
        result = result == null ? change : ScopeEffect.either(result, change);
      }
    }
    if (result == null) {
      return counted || !provided.isEmpty() ? ScopeEffect.Change.NONE : null;
    }
    ScopeEffect.Change nested = counted ? ScopeEffect.nesting(result) : result;
    return provided.isEmpty() ? nested : ScopeEffect.provided(nested, provided);
  }

  private ScopeEffect.Change change(Exit exit, Set<ScopeEffect.Closed> moments) {
    List<ScopeEffect.Opened> opens = new ArrayList<>();
    for (OpenScope scope : exit.open) {
      if (scope.handedOver()
          && (scope.keeper() != OpenScope.Keeper.CALLER || isShown(scope, exit.open))) {
        opens.add(
            new ScopeEffect.Opened(
                scope.kind(),
                Places.forCallers(facts, scope.cookie()),
                scope.nests(),
                scope.provided(),
                scope.keeper() == OpenScope.Keeper.CALLER));
      }
    }
    List<ScopeEffect.Closed> closes = new ArrayList<>(exit.closed);
    // Left for a moment only.
    for (ScopeEffect.Closed c : exit.closed) {
      for (ScopeEffect.Opened o : opens) {
        if (o.kind() == c.kind() && o.place().equals(c.place())) {
          // What shows at last that it is open shows it all the same.
          if (!o.found()) {
            opens.remove(o);
          }
          closes.remove(c);
          break;
        }
      }
    }
    if (exit.returns.equals(Set.of(Sign.NEGATIVE))) {
      closes.replaceAll(c -> moments.contains(c.lapse()) ? c.lapse() : c);
    }
    return opens.isEmpty() && closes.isEmpty()
        ? ScopeEffect.Change.NONE
        : new ScopeEffect.Change(List.copyOf(opens), List.copyOf(closes));
  }

  // ---- what happened

  /** Every scope that was opened, as it was then. */
  Collection<OpenScope> opened() {
    return opened.values();
  }

  /** Every call that closed one, on some path. */
  Set<Closing> closings() {
    return closings;
  }

  /** Scopes that some path leaves open, as it leaves them. */
  Set<OpenScope> leftOpen() {
    Set<OpenScope> left = new LinkedHashSet<>();
    exits.forEach(exit -> left.addAll(exit.open));
    return left;
  }

  // ---- what is wrong

  private void note(
      ScopeAnomaly.Kind kind,
      ScopeKind scopeKind,
      Span place,
      OpenScope scope,
      OpenScope related,
      String cookie) {
    Key key = new Key(kind, place, scope == null ? -1 : scope.number());
    times.merge(key, 1, Integer::sum);
    found.putIfAbsent(key, new ScopeAnomaly(kind, scopeKind, place, scope, related, cookie, false));
  }

  /** What is wrong, in order of place; a scope that stays open is reported at one exit. */
  List<ScopeAnomaly> anomalies() {
    objectsLeftOpen();
    if (found.isEmpty()) {
      return List.of();
    }
    Map<Object, ScopeAnomaly> chosen = new LinkedHashMap<>();
    found.forEach(
        (key, anomaly) -> {
          boolean always = times.get(key).equals(visits.get(key.place));
          ScopeAnomaly judged =
              new ScopeAnomaly(
                  anomaly.kind(),
                  anomaly.scope(),
                  anomaly.place(),
                  anomaly.open(),
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

  private boolean isLocal(String name) {
    return facts.locals().stream().anyMatch(v -> v.name().equals(name));
  }
}
