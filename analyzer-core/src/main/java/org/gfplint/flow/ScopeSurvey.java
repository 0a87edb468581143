package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.flow.ScopeMap.Custody;
import org.gfplint.flow.ScopeMap.Place;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.ScopeOperation;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Finds where each task scope opens and closes, and which calls stand inside: in the function that
 * opens it and in those that it is left open for. For one thread.
 */
final class ScopeSurvey {
  /** How far up helpers may leave a scope open for their callers. */
  private static final int MOST_ROUNDS = 12;

  /** Where the cookie is of a scope that somebody opened without the functions for it. */
  private static final String BY_HAND = "*";

  private static final Comparator<Span> BY_PLACE =
      Comparator.comparingInt(Span::line).thenComparingInt(Span::column);
  private static final Comparator<Place> IN_ORDER =
      Comparator.comparingInt(Place::function).thenComparing(Place::span, BY_PLACE);

  /** A place that opens a scope, as it stands in the source. */
  private record Save(Place place, Optional<ScopeKind> kind, String text, String target) {
    boolean isByHand() {
      return target.equals(BY_HAND);
    }
  }

  /** A scope that is open in some function. */
  private record Held(int function, int number) {}

  private record Walked(FunctionSummary summary, ScopeJournal journal) {}

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final Set<String> threads;
  private final Map<Integer, Walked> walked = new TreeMap<>();
  private final Map<Place, Save> saves = new TreeMap<>(IN_ORDER);

  /** Restores in the source whose cookie is a variable of the same function, by that function. */
  private final Map<Integer, List<Expr>> restores = new HashMap<>();

  /** Assignments that clear a task flag, by function. */
  private final Map<Integer, List<Expr>> cleared = new TreeMap<>();

  /** What opened each scope that is open in a function. */
  private final Map<Held, Set<Save>> origins = new HashMap<>();

  /** The same the other way around, in order of function. */
  private final Map<Save, Set<Held>> held = new HashMap<>();

  ScopeSurvey(
      Knowledge knowledge, FunctionSummary[] summaries, CallGraph graph, Set<String> threads) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    this.threads = threads;
  }

  /**
   * Every scope that is opened, or held, in a wanted function; what is requested inside is left to
   * others.
   */
  List<ScopeMap.Opening> find(IntPredicate wanted) {
    for (FunctionSummary summary : summaries) {
      if (summary.hasScopes()) {
        int function = summary.function();
        FunctionWalk walk = new FunctionWalk(knowledge, function, true);
        walked.put(function, new Walked(walk.walk(), walk.journal()));
        findSaves(function);
      }
    }
    findOrigins();
    List<ScopeMap.Opening> openings = new ArrayList<>();
    for (Save save : saves.values()) {
      List<ScopeMap.Holder> holders = holders(save);
      if (wanted.test(save.place.function())
          || holders.stream().anyMatch(h -> wanted.test(h.function()))
          || isLeftOpen(save) && isCalledBy(save.place.function(), wanted)) {
        openings.add(opening(save, holders));
      }
    }
    return openings;
  }

  private boolean isLeftOpen(Save save) {
    return !save.isByHand() && left(save).stream().anyMatch(OpenScope::handedOver);
  }

  private boolean isCalledBy(int function, IntPredicate wanted) {
    for (int caller : graph.callers(function)) {
      if (wanted.test(caller)) {
        return true;
      }
    }
    return false;
  }

  /** The scope of an opening as requests name it, by function and the call that opens it there. */
  Map<Place, Set<Place>> openedBy() {
    Map<Place, Set<Place>> result = new HashMap<>();
    origins.forEach(
        (at, from) -> {
          OpenScope scope = opened(at);
          Set<Place> places =
              result.computeIfAbsent(
                  new Place(at.function, scope.opened()), p -> new LinkedHashSet<>());
          from.forEach(save -> places.add(save.place));
        });
    return result;
  }

  // ---- what the source says

  private void findSaves(int function) {
    FunctionFacts facts = program.facts(function);
    for (Expr call : Calls.of(facts)) {
      String callee = call.callee();
      if (call.span() == null || callee.isEmpty()) {
        continue;
      }
      Optional<ScopeOperation> operation = knowledge.model().scopeOperation(callee);
      Optional<Boolean> sets =
          operation.map(ScopeOperation::opens).or(() -> knowledge.model().setsTaskFlags(callee));
      if (sets.isPresent() && sets.get()) {
        Optional<ScopeKind> kind =
            operation.map(ScopeOperation::kind).or(() -> flag(call).findFirst());
        add(new Save(new Place(function, call.span()), kind, call.text(), target(facts, call)));
      } else if (sets.isPresent()) {
        restores.computeIfAbsent(function, f -> new ArrayList<>()).add(call);
      }
    }
    for (Block block : facts.blocks()) {
      block.events().forEach(e -> findAssignments(function, e));
    }
  }

  private void add(Save save) {
    saves.put(save.place, save);
  }

  /** {@code current->flags |= PF_MEMALLOC}: a scope that is opened by hand. */
  private void findAssignments(int function, Expr e) {
    if (e.is(Expr.Kind.ASSIGN) && e.operand(0).is(Expr.Kind.FIELD)) {
      Optional<ScopeKind> kind = flag(e.operand(1)).findFirst();
      if (kind.isPresent() && e.name().equals("|=")) {
        Span span = e.span() == null ? program.facts(function).span() : e.span();
        add(new Save(new Place(function, span), kind, e.text(), BY_HAND));
      } else if (kind.isPresent() && e.name().equals("&=")) {
        cleared.computeIfAbsent(function, f -> new ArrayList<>()).add(e);
      }
    }
  }

  private static Stream<ScopeKind> flag(Expr e) {
    Stream<ScopeKind> here =
        e.is(Expr.Kind.NAME) ? ScopeKind.ofTaskFlag(e.name()).stream() : Stream.empty();
    return Stream.concat(here, e.operands().stream().flatMap(ScopeSurvey::flag));
  }

  /** What a call's result is assigned to, in C; "" if nothing. */
  private static String target(FunctionFacts facts, Expr call) {
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        String found = target(event, call);
        if (!found.isEmpty()) {
          return found;
        }
      }
      Expr condition = block.exit().condition();
      if (condition != null && condition.equals(call)) {
        return ScopeEffect.RETURNED;
      }
    }
    return "";
  }

  private static String target(Expr e, Expr call) {
    if (e.is(Expr.Kind.ASSIGN) && e.operand(1).equals(call)) {
      return e.operand(0).text();
    }
    for (Expr operand : e.operands()) {
      String found = target(operand, call);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  // ---- which save each open scope comes from

  private void findOrigins() {
    Map<Integer, Map<ScopeKind, Set<Save>>> leaves = new HashMap<>();
    boolean more = true;
    for (int round = 0; more && round < MOST_ROUNDS; round++) {
      more = false;
      for (Map.Entry<Integer, Walked> each : walked.entrySet()) {
        more |= findOrigins(each.getKey(), each.getValue(), leaves);
      }
    }
    Comparator<Held> order = Comparator.comparingInt(Held::function).thenComparingInt(Held::number);
    origins.forEach(
        (at, from) ->
            from.forEach(save -> held.computeIfAbsent(save, s -> new TreeSet<>(order)).add(at)));
  }

  private boolean findOrigins(
      int function, Walked walk, Map<Integer, Map<ScopeKind, Set<Save>>> leaves) {
    boolean more = false;
    Set<Integer> left = new HashSet<>();
    for (OpenScope scope : walk.journal.leftOpen()) {
      if (scope.handedOver()) {
        left.add(scope.number());
      }
    }
    for (OpenScope scope : walk.journal.opened()) {
      Set<Save> from = from(function, scope, leaves);
      if (from.isEmpty()) {
        continue;
      }
      Held at = new Held(function, scope.number());
      more |= origins.computeIfAbsent(at, h -> new LinkedHashSet<>()).addAll(from);
      if (left.contains(scope.number())) {
        more |=
            leaves
                .computeIfAbsent(function, f -> new HashMap<>())
                .computeIfAbsent(scope.kind(), k -> new LinkedHashSet<>())
                .addAll(from);
      }
    }
    return more;
  }

  private Set<Save> from(
      int function, OpenScope scope, Map<Integer, Map<ScopeKind, Set<Save>>> leaves) {
    if (scope.by().isEmpty()) {
      Save save = saves.get(new Place(function, scope.opened()));
      return save == null ? Set.of() : Set.of(save);
    }
    int opener = graph.resolve(program.unitOf(function), scope.by());
    return leaves.getOrDefault(opener, Map.of()).getOrDefault(scope.kind(), Set.of());
  }

  private OpenScope opened(Held at) {
    return walked.get(at.function).journal.opened().stream()
        .filter(s -> s.number() == at.number)
        .findFirst()
        .orElseThrow();
  }

  // ---- what happens to one scope

  private ScopeMap.Opening opening(Save save, List<ScopeMap.Holder> holders) {
    Set<Place> found = new TreeSet<>(IN_ORDER);
    if (save.isByHand()) {
      return byHand(save);
    }
    Custody custody = custody(save);
    closedHere(save, found);
    if (found.isEmpty() && custody == Custody.OBJECT) {
      closedInObject(save, found);
    }
    if (found.isEmpty()) {
      closedByHolders(save, found);
    }
    boolean here = found.stream().anyMatch(p -> p.function() == save.place.function());
    return new ScopeMap.Opening(
        save.place,
        save.kind,
        save.text,
        save.target.equals(ScopeEffect.RETURNED) ? "" : save.target,
        here && custody != Custody.OBJECT ? Custody.THIS_FUNCTION : custody,
        List.copyOf(found),
        found.isEmpty() ? whyUnpaired(save, custody) : "",
        holders,
        List.of());
  }

  /** The flag itself is the scope: whoever clears it near by closes it. */
  private ScopeMap.Opening byHand(Save save) {
    int function = save.place.function();
    Set<Place> found = new TreeSet<>(IN_ORDER);
    cleared.forEach(
        (by, assignments) -> {
          if (program.unitOf(by) == program.unitOf(function)) {
            for (Expr e : assignments) {
              if (flag(e).findFirst().equals(save.kind)) {
                found.add(new Place(by, e.span() == null ? program.facts(by).span() : e.span()));
              }
            }
          }
        });
    boolean here = found.stream().anyMatch(p -> p.function() == function);
    found.removeIf(p -> here && p.function() != function);
    return new ScopeMap.Opening(
        save.place,
        save.kind,
        save.text,
        "",
        Custody.BY_HAND,
        List.copyOf(found),
        found.isEmpty() ? "nothing in the file clears the flag again" : "",
        List.of(),
        List.of());
  }

  private Custody custody(Save save) {
    if (save.target.isEmpty()) {
      return Custody.NOBODY;
    }
    if (save.target.equals(ScopeEffect.RETURNED)) {
      return Custody.RETURNED;
    }
    Custody custody =
        Places.isVariable(save.target)
            ? Custody.THIS_FUNCTION
            : save.target.startsWith("*") ? Custody.HANDED_ON : Custody.OBJECT;
    for (OpenScope scope : left(save)) {
      if (scope.keeper() == OpenScope.Keeper.OBJECT) {
        return Custody.OBJECT;
      }
      if (scope.cookie().equals(ScopeEffect.RETURNED)) {
        return Custody.RETURNED;
      }
      if (custody == Custody.THIS_FUNCTION && scope.handedOver()) {
        custody = Custody.HANDED_ON;
      }
    }
    return custody;
  }

  /** The scope as some path of the function that opened it leaves it open. */
  private List<OpenScope> left(Save save) {
    Walked walk = walked.get(save.place.function());
    return walk.journal.leftOpen().stream()
        .filter(s -> s.by().isEmpty() && s.opened().equals(save.place.span()))
        .toList();
  }

  private void closedHere(Save save, Set<Place> found) {
    int function = save.place.function();
    for (Held at : held.getOrDefault(save, Set.of())) {
      if (at.function == function && opened(at).by().isEmpty()) {
        closings(at).forEach(c -> found.addAll(restoresOf(function, c, 0)));
      }
    }
    if (found.isEmpty() && Places.isVariable(save.target)) {
      // Where paths were left out, the cookie's name has to do.
      for (Expr restore : restores.getOrDefault(function, List.of())) {
        if (!restore.arguments().isEmpty() && restore.arguments().get(0).isName(save.target)) {
          found.add(new Place(function, restore.span()));
        }
      }
    }
  }

  private List<ScopeJournal.Closing> closings(Held at) {
    return walked.get(at.function).journal.closings().stream()
        .filter(c -> c.scope() == at.number)
        .toList();
  }

  /** The restore that a call closes a scope with, in whatever function. */
  private Set<Place> restoresOf(int function, ScopeJournal.Closing closing, int depth) {
    if (closing.direct()) {
      return Set.of(new Place(function, closing.call()));
    }
    Set<Place> found = new LinkedHashSet<>();
    int helper = graph.resolve(program.unitOf(function), callee(function, closing.call()));
    Walked walk = walked.get(helper);
    if (walk != null && depth < MOST_ROUNDS) {
      for (ScopeJournal.Closing inner : walk.journal.closings()) {
        if (inner.scope() < 0 && inner.kind() == closing.kind()) {
          found.addAll(restoresOf(helper, inner, depth + 1));
        }
      }
    }
    return found.isEmpty() ? Set.of(new Place(function, closing.call())) : found;
  }

  private String callee(int function, Span call) {
    for (Expr each : Calls.of(program.facts(function))) {
      if (call.equals(each.span())) {
        return each.callee();
      }
    }
    return "";
  }

  /** Restores of a cookie that comes from the same field. */
  private void closedInObject(Save save, Set<Place> found) {
    Set<String> cookies = new LinkedHashSet<>(List.of(save.target));
    left(save).forEach(s -> cookies.add(s.cookie()));
    ScopeKind kind = save.kind.orElse(null);
    walked.forEach(
        (function, walk) -> {
          for (ScopeJournal.Closing c : walk.journal.closings()) {
            if (c.direct()
                && c.kind() == kind
                && cookies.stream()
                    .anyMatch(k -> isSameField(save.place.function(), k, function, c.place()))) {
              found.add(new Place(function, c.call()));
            }
          }
        });
  }

  private boolean isSameField(int one, String cookie, int other, String place) {
    if (!Places.alike(cookie, place)) {
      return false;
    }
    String a = structOf(one, cookie);
    String b = structOf(other, place);
    return a.isEmpty() || b.isEmpty() || a.equals(b);
  }

  /** The struct that a variable points to whose own field a place is; "" if that is not known. */
  private String structOf(int function, String place) {
    FunctionFacts facts = program.facts(function);
    if (Places.behindRoot(place).lastIndexOf("->") > 0) {
      return "";
    }
    String root = Places.root(place);
    return Stream.concat(facts.parameters().stream(), facts.locals().stream())
        .filter(v -> v.name().equals(root) && v.type().startsWith("struct "))
        .map(v -> v.type())
        .findFirst()
        .orElse("");
  }

  /** Where those close it for whom it is left open. */
  private void closedByHolders(Save save, Set<Place> found) {
    for (Held at : held.getOrDefault(save, Set.of())) {
      closings(at).forEach(c -> found.addAll(restoresOf(at.function, c, 0)));
    }
  }

  private String whyUnpaired(Save save, Custody custody) {
    int function = save.place.function();
    boolean bounded = walked.get(function).summary.bounded();
    if (bounded) {
      return "the function has too many paths to follow";
    }
    switch (custody) {
      case NOBODY:
        return threads.contains(program.name(function))
            ? "the scope lasts as long as the thread that runs " + program.name(function) + "()"
            : "nobody keeps the cookie";
      case RETURNED:
        return "nobody was found who restores what " + program.name(function) + "() returns";
      case OBJECT:
        return "no restore of " + save.target + " was found";
      case HANDED_ON:
        return "nobody was found who restores " + save.target;
      default:
        return "no restore of " + save.target + " was found in the function";
    }
  }

  // ---- what runs inside

  private List<ScopeMap.Holder> holders(Save save) {
    Map<Integer, Set<Integer>> numbers = new LinkedHashMap<>();
    numbers.put(save.place.function(), new HashSet<>());
    for (Held at : held.getOrDefault(save, Set.of())) {
      numbers.computeIfAbsent(at.function, f -> new HashSet<>()).add(at.number);
    }
    List<ScopeMap.Holder> holders = new ArrayList<>();
    numbers.forEach(
        (function, open) -> {
          List<Expr> calls = new ArrayList<>();
          for (CallSite site : walked.get(function).summary.calls()) {
            if (site.call().span() != null
                && site.visits().stream()
                    .anyMatch(
                        v ->
                            v.surroundings().scopes().stream()
                                .anyMatch(s -> open.contains(s.number())))) {
              calls.add(site.call());
            }
          }
          calls.sort(Comparator.comparing(Expr::span, BY_PLACE));
          holders.add(new ScopeMap.Holder(function, List.copyOf(calls)));
        });
    return List.copyOf(holders);
  }

  /** How many calls functions are away from those that holders call inside, nearest first. */
  Map<Integer, Integer> reachedFrom(List<ScopeMap.Holder> holders, IntPredicate wanted) {
    Map<Integer, Integer> distance = new LinkedHashMap<>();
    Deque<Integer> work = new ArrayDeque<>();
    for (ScopeMap.Holder holder : holders) {
      int unit = program.unitOf(holder.function());
      for (Expr call : holder.calls()) {
        int callee = call.callee().isEmpty() ? -1 : graph.resolve(unit, call.callee());
        if (callee >= 0 && wanted.test(callee) && distance.putIfAbsent(callee, 1) == null) {
          work.add(callee);
        }
      }
    }
    while (!work.isEmpty()) {
      int function = work.poll();
      int next = distance.get(function) + 1;
      for (int callee : graph.callees(function)) {
        if (wanted.test(callee) && distance.putIfAbsent(callee, next) == null) {
          work.add(callee);
        }
      }
    }
    return distance;
  }
}
