package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.ContextModel;
import org.gfplint.model.ScopeKind;
import org.gfplint.program.Program;

/**
 * Which functions are only ever called inside a task scope: those all of whose callers are known
 * and either call them inside one or are themselves only ever called inside one.
 */
final class Coverage {
  /** Callers that a trace names. */
  private static final int MOST_WAYS = 3;

  private static final int MOST_CALLS = 12;

  /** How many callers are looked at for the ways into one function. */
  private static final int MOST_CALLERS = 1000;

  private static final int ALL = (1 << ScopeKind.values().length) - 1;

  /** A call that stands where scopes are open, or where the caller's may have been closed. */
  private record Place(CallSite site, int open, int closed) {}

  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;

  /** Kinds that each function is always inside of, as bits. */
  private final int[] always;

  /** The same if functions that are not static had no other callers; null until asked for. */
  private int[] asRead;

  /**
   * The same if those who call a function through a pointer do it as others do; null until asked
   * for.
   */
  private int[] usually;

  private final ContextModel contexts;

  /** Functions that are named other than to call them, and where to: "struct.field", or "". */
  private final Map<Integer, String> given;

  /** By caller, then callee. */
  private final Map<Integer, Map<Integer, List<Place>>> places = new HashMap<>();

  Coverage(
      Program program,
      ContextModel contexts,
      FunctionSummary[] summaries,
      List<List<StoredFunction>> tables,
      CallGraph graph) {
    this.program = program;
    this.contexts = contexts;
    this.summaries = summaries;
    this.graph = graph;
    findPlaces();
    given = givenAway(tables);
    always = find(this::isEntry);
  }

  private void findPlaces() {
    for (FunctionSummary summary : summaries) {
      int unit = program.unitOf(summary.function());
      for (CallSite site : summary.calls()) {
        int open = ALL;
        int closed = 0;
        for (CallSite.Visit visit : site.visits()) {
          open &= bits(visit.surroundings());
          closed |= bits(visit.surroundings().closed());
        }
        int callee = site.callee().isEmpty() ? -1 : graph.resolve(unit, site.callee());
        if (callee >= 0) {
          places
              .computeIfAbsent(summary.function(), f -> new HashMap<>())
              .computeIfAbsent(callee, f -> new ArrayList<>(1))
              .add(new Place(site, summary.bounded() ? 0 : open, closed));
        }
      }
    }
    // A call that hands nothing on and stands outside of everything is kept by name alone.
    for (FunctionSummary summary : summaries) {
      Map<Integer, List<Place>> byCallee = places.get(summary.function());
      if (byCallee != null) {
        int unit = program.unitOf(summary.function());
        for (String name : summary.plainCallees()) {
          List<Place> found = byCallee.get(graph.resolve(unit, name));
          if (found != null) {
            found.add(new Place(null, 0, 0));
          }
        }
      }
    }
  }

  private static int bits(Surroundings surroundings) {
    int bits = 0;
    for (OpenScope scope : surroundings.scopes()) {
      bits |= 1 << scope.kind().ordinal();
    }
    return bits;
  }

  private static int bits(Set<ScopeKind> kinds) {
    int bits = 0;
    for (ScopeKind kind : kinds) {
      bits |= 1 << kind.ordinal();
    }
    return bits;
  }

  /**
   * The greatest fixpoint.
   *
   * @param entries functions that are outside whoever calls them
   */
  private int[] find(IntPredicate entries) {
    int[] inside = new int[summaries.length];
    Deque<Integer> work = new ArrayDeque<>();
    for (int f = 0; f < inside.length; f++) {
      inside[f] = entries.test(f) ? 0 : ALL;
      if (program.linkage(f) != Linkage.MACRO || graph.callers(f).length > 0) {
        work.add(f);
      }
    }
    while (!work.isEmpty()) {
      int f = work.poll();
      for (int callee : graph.callees(f)) {
        int both = inside[callee] & inside(f, callee, inside[f]);
        if (both != inside[callee]) {
          inside[callee] = both;
          work.add(callee);
        }
      }
    }
    return inside;
  }

  /** Whether it may be called from where nobody looked. */
  private boolean isEntry(int function) {
    return program.linkage(function) == Linkage.GLOBAL && !program.isWhole()
        || graph.callers(function).length == 0
        || given.containsKey(function);
  }

  /** What every call of one function in another stands inside of. */
  private int inside(int caller, int callee) {
    return inside(caller, callee, always[caller]);
  }

  private int inside(int caller, int callee, int callers) {
    List<Place> found = places.getOrDefault(caller, Map.of()).get(callee);
    if (found == null) {
      return callers;
    }
    int inside = ALL;
    for (Place place : found) {
      inside &= place.open | callers & ~place.closed;
    }
    return inside;
  }

  /** Functions that are named other than to call them: whoever gets them calls them anywhere. */
  private Map<Integer, String> givenAway(List<List<StoredFunction>> tables) {
    Map<Integer, String> found = new HashMap<>();
    for (int unit = 0; unit < tables.size(); unit++) {
      for (StoredFunction stored : tables.get(unit)) {
        String where = stored.field().isEmpty() ? "" : stored.struct() + "." + stored.field();
        program
            .resolve(unit, stored.function())
            .forEach(f -> found.merge(f, where, Coverage::said));
      }
    }
    for (FunctionSummary summary : summaries) {
      int unit = program.unitOf(summary.function());
      summary
          .stored()
          .forEach(
              a ->
                  program
                      .resolve(unit, a.function())
                      .forEach(f -> found.merge(f, a.target().name(), Coverage::said)));
    }
    return found;
  }

  /** Whether a function is named other than to call it. */
  boolean isGiven(int function) {
    return given.containsKey(function);
  }

  private static String said(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  // ---- what is likely

  /**
   * Kinds of scope that a function is inside of as far as its callers are seen, and that some of
   * them do open.
   */
  synchronized Set<ScopeKind> usually(int function) {
    if (usually == null) {
      usually =
          find(f -> given.containsKey(f) ? isKnown(given.get(f)) : graph.callers(f).length == 0);
      int[] sometimes = sometimes();
      for (int f = 0; f < usually.length; f++) {
        usually[f] &= sometimes[f];
      }
    }
    return kinds(usually[function]);
  }

  /** Whether it is known from where functions are called that a field holds: from no scope. */
  private boolean isKnown(String where) {
    int dot = where.lastIndexOf('.');
    return dot >= 0 && !contexts.slots(where.substring(0, dot), where.substring(dot + 1)).isEmpty();
  }

  /** Kinds that some way to each function leads into. */
  private int[] sometimes() {
    int[] inside = new int[summaries.length];
    Deque<Integer> work = new ArrayDeque<>();
    for (int f = 0; f < inside.length; f++) {
      work.add(f);
    }
    while (!work.isEmpty()) {
      int f = work.poll();
      Map<Integer, List<Place>> byCallee = places.getOrDefault(f, Map.of());
      for (int callee : graph.callees(f)) {
        int either = inside[callee] | inside[f];
        for (Place place : byCallee.getOrDefault(callee, List.of())) {
          either |= place.open;
        }
        if (either != inside[callee]) {
          inside[callee] = either;
          work.add(callee);
        }
      }
    }
    return inside;
  }

  // ---- what is not covered

  /** Whether every caller that was read has a scope of the kind open, whoever else may call. */
  private boolean isInsideAsRead(int function, int bit) {
    if (asRead == null) {
      asRead = find(f -> graph.callers(f).length == 0 || given.containsKey(f));
    }
    return (asRead[function] & bit) != 0;
  }

  /**
   * The shortest way to a function on which no scope of a kind is open.
   *
   * @return null if it is always inside one
   */
  ScopeMap.Outside outside(int function, ScopeKind kind) {
    int bit = 1 << kind.ordinal();
    Deque<Integer> work = new ArrayDeque<>(List.of(function));
    Map<Integer, Integer> towards = new HashMap<>();
    towards.put(function, function);
    while (!work.isEmpty()) {
      int f = work.poll();
      if ((always[f] & bit) != 0) {
        continue;
      }
      if (isEntry(f)) {
        return outside(f, bit, hops(f, towards), isInsideAsRead(function, bit));
      }
      for (int caller : graph.callers(f)) {
        if ((inside(caller, f) & bit) == 0 && towards.putIfAbsent(caller, f) == null) {
          work.add(caller);
        }
      }
    }
    return null;
  }

  /** The calls from a function down the way that was gone up. */
  private List<Request.Hop> hops(int from, Map<Integer, Integer> towards) {
    List<Request.Hop> hops = new ArrayList<>();
    for (int f = from; towards.get(f) != f; f = towards.get(f)) {
      hops.add(graph.hop(f, towards.get(f)));
    }
    return List.copyOf(hops);
  }

  private ScopeMap.Outside outside(
      int first, int bit, List<Request.Hop> below, boolean insideAsRead) {
    int[] callers = graph.callers(first);
    int inside = 0;
    for (int caller : callers) {
      inside += (inside(caller, first) & bit) != 0 ? 1 : 0;
    }
    ScopeMap.Reason reason =
        given.containsKey(first)
            ? ScopeMap.Reason.GIVEN_AWAY
            : callers.length == 0 ? ScopeMap.Reason.NO_CALLER : ScopeMap.Reason.NOT_STATIC;
    return new ScopeMap.Outside(
        reason, first, given.getOrDefault(first, ""), callers.length, inside, insideAsRead, below);
  }

  /** Kinds of scope that a function is always inside of. */
  Set<ScopeKind> always(int function) {
    return kinds(always[function]);
  }

  private static Set<ScopeKind> kinds(int bits) {
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    for (ScopeKind kind : ScopeKind.values()) {
      if ((bits & 1 << kind.ordinal()) != 0) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  /** How callers come to a function inside a scope: those nearest to it first, a few of them. */
  List<Request.Cover> ways(int function, ScopeKind kind) {
    List<Request.Cover> ways = new ArrayList<>();
    record Step(int function, List<Request.Hop> below) {}
    Deque<Step> work = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    seen.add(function);
    work.add(new Step(function, List.of()));
    while (!work.isEmpty() && ways.size() < MOST_WAYS && seen.size() < MOST_CALLERS) {
      Step step = work.poll();
      for (int caller : graph.callers(step.function)) {
        Request.Cover cover = cover(caller, step.function, kind, step.below);
        if (cover == null) {
          continue;
        }
        if (cover.scope() != null) {
          ways.add(cover);
        } else if (seen.add(caller) && cover.approach().size() < MOST_CALLS) {
          work.add(new Step(caller, cover.approach()));
        }
        if (ways.size() == MOST_WAYS) {
          break;
        }
      }
    }
    return List.copyOf(ways);
  }

  /** Without a scope where the caller is covered itself. */
  private Request.Cover cover(int caller, int callee, ScopeKind kind, List<Request.Hop> below) {
    List<Place> found = places.getOrDefault(caller, Map.of()).getOrDefault(callee, List.of());
    for (Place place : found) {
      if (place.site != null && (place.open & 1 << kind.ordinal()) != 0) {
        OpenScope open =
            place.site.visits().get(0).surroundings().scopes().stream()
                .filter(s -> s.kind() == kind)
                .findFirst()
                .orElseThrow();
        return new Request.Cover(
            Request.Scope.of(caller, open),
            joined(new Request.Hop(caller, place.site.call()), below));
      }
    }
    if ((always[caller] & 1 << kind.ordinal()) == 0) {
      return null;
    }
    if (program.linkage(caller) == Linkage.MACRO) {
      return new Request.Cover(null, below);
    }
    for (Place place : found) {
      if (place.site != null) {
        return new Request.Cover(null, joined(new Request.Hop(caller, place.site.call()), below));
      }
    }
    return new Request.Cover(null, joined(graph.hop(caller, callee), below));
  }

  private static List<Request.Hop> joined(Request.Hop first, List<Request.Hop> below) {
    List<Request.Hop> all = new ArrayList<>();
    all.add(first);
    all.addAll(below);
    return List.copyOf(all);
  }
}
