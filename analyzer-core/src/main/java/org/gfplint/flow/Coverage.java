package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.AllocatorModel;
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

  /**
   * A call that stands where scopes are open, or where the caller's may have been closed or may not
   * have been opened again.
   *
   * @param needs parameters of the caller that are not zero there, as bits
   */
  private record Place(Expr call, CallSite site, int open, int closed, int lapsed, int needs) {}

  /** What a function is inside of, at least, as bits. */
  private static final class Inside {
    final int[] all;

    /** The same if a parameter is not zero, by function and parameter; for some of them only. */
    final Map<Integer, Map<Integer, Integer>> ifGiven = new HashMap<>();

    Inside(int functions) {
      all = new int[functions];
    }

    int at(int function, int needs) {
      int bits = all[function];
      if (needs != 0) {
        for (Map.Entry<Integer, Integer> e : ifGiven.getOrDefault(function, Map.of()).entrySet()) {
          bits |= (needs & 1 << e.getKey()) != 0 ? e.getValue() : 0;
        }
      }
      return bits;
    }
  }

  /** Whether a function passes anything but zero for a parameter of one that it calls. */
  private record Passes(int caller, int callee, int parameter) {}

  private static final int MOST_PARAMETERS = 31;
  private static final int MOST_ROUNDS = 3;

  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;

  /** Kinds that each function is always inside of. */
  private Inside always;

  /** The same if functions that are not static had no other callers; null until asked for. */
  private Inside asRead;

  /**
   * The same if those who call a function through a pointer do it as others do; null until asked
   * for.
   */
  private int[] usually;

  /** Parameters, as bits, that some calls in a function hang on. */
  private final Map<Integer, Integer> parametersThatMatter = new HashMap<>();

  private final Map<Passes, Boolean> passes = new HashMap<>();

  /** What is called where a header's empty function seems to be, and the other way round. */
  private final Map<Integer, Integer> standsFor = new HashMap<>();

  private final Map<Integer, List<Integer>> stubsOf = new HashMap<>();

  /** Functions that run where they are handed over, and who does that. */
  private final Map<Integer, List<Request.Hop>> lenders = new HashMap<>();

  /** The same by the one who does. */
  private final Map<Integer, Set<Integer>> lent = new HashMap<>();

  private final ContextModel contexts;
  private final AllocatorModel model;

  /** Functions that are named other than to call them, and where to: "struct.field", or "". */
  private final Map<Integer, String> given;

  /** By caller, then callee. */
  private final Map<Integer, Map<Integer, List<Place>>> places = new HashMap<>();

  Coverage(
      Program program,
      AllocatorModel model,
      ContextModel contexts,
      FunctionSummary[] summaries,
      List<List<StoredFunction>> tables,
      CallGraph graph) {
    this.program = program;
    this.contexts = contexts;
    this.model = model;
    this.summaries = summaries;
    this.graph = graph;
    findStandIns();
    findPlaces();
    given = givenAway(tables);
    always = find(this::isEntry);
    for (int round = 0; round < MOST_ROUNDS && findLent(); round++) {
      always = find(this::isEntry);
    }
  }

  private void findPlaces() {
    for (FunctionSummary summary : summaries) {
      int unit = program.unitOf(summary.function());
      for (CallSite site : summary.forScopes().calls()) {
        int callee = site.callee().isEmpty() ? -1 : resolve(unit, site.callee());
        if (callee >= 0) {
          places
              .computeIfAbsent(summary.function(), f -> new HashMap<>())
              .computeIfAbsent(callee, f -> new ArrayList<>(1))
              .addAll(places(summary.forScopes(), site));
        }
      }
    }
    // A call that hands nothing on and stands outside of everything is kept by name alone.
    for (FunctionSummary summary : summaries) {
      Map<Integer, List<Place>> byCallee = places.get(summary.function());
      if (byCallee != null) {
        int unit = program.unitOf(summary.function());
        for (String name : summary.forScopes().plainCallees()) {
          List<Place> found = byCallee.get(resolve(unit, name));
          if (found != null) {
            found.add(PLAIN);
          }
        }
      }
    }
  }

  private static final Place PLAIN = new Place(null, null, 0, 0, 0, 0);

  /** One place, or one for each set of parameters that are not zero there. */
  private List<Place> places(FunctionSummary summary, CallSite site) {
    Map<Integer, Place> byNeeds = new LinkedHashMap<>();
    for (CallSite.Visit visit : site.visits()) {
      Surroundings around = visit.surroundings();
      int open = summary.scopesBounded() ? 0 : around.mountTime() ? ALL : bits(around);
      int needs = summary.hasScopes() && open == 0 ? needs(around) : 0;
      Place place =
          new Place(site.call(), site, open, bits(around.closed()), bits(around.lapsed()), needs);
      byNeeds.merge(
          needs,
          place,
          (one, other) ->
              new Place(
                  one.call,
                  site,
                  one.open & other.open,
                  one.closed | other.closed,
                  one.lapsed | other.lapsed,
                  needs));
      if (needs != 0) {
        parametersThatMatter.merge(summary.function(), needs, (one, other) -> one | other);
      }
    }
    return List.copyOf(byNeeds.values());
  }

  /** Parameters that are not zero. */
  private static int needs(Surroundings around) {
    int needs = 0;
    for (Guard guard : around.guards()) {
      if (guard.asksForTruth() && guard.expected() && guard.parameter() < MOST_PARAMETERS) {
        needs |= 1 << guard.parameter();
      }
    }
    return needs;
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
  private Inside find(IntPredicate entries) {
    Inside inside = new Inside(summaries.length);
    Deque<Integer> work = new ArrayDeque<>();
    for (int f = 0; f < inside.all.length; f++) {
      inside.all[f] = entries.test(f) ? 0 : ALL;
      if (program.linkage(f) != Linkage.MACRO || graph.callers(f).length > 0) {
        work.add(f);
      }
    }
    parametersThatMatter.forEach(
        (function, parameters) -> {
          Map<Integer, Integer> each = new HashMap<>();
          for (int p = 0; p < MOST_PARAMETERS; p++) {
            if ((parameters & 1 << p) != 0) {
              each.put(p, inside.all[function]);
            }
          }
          inside.ifGiven.put(function, each);
        });
    while (!work.isEmpty()) {
      int f = work.poll();
      for (int named : graph.callees(f)) {
        if (narrow(inside, f, named)) {
          work.add(named);
        }
        int callee = meant(named);
        if (callee != named && narrow(inside, f, callee)) {
          work.add(callee);
        }
      }
      for (int callee : lent.getOrDefault(f, Set.of())) {
        if (narrow(inside, f, callee)) {
          work.add(callee);
        }
      }
    }
    return inside;
  }

  /** One more caller; whether that changes anything. */
  private boolean narrow(Inside inside, int caller, int callee) {
    boolean changed = false;
    Map<Integer, Integer> ifGiven = inside.ifGiven.get(callee);
    if (ifGiven != null) {
      for (Map.Entry<Integer, Integer> e : ifGiven.entrySet()) {
        if (passes.computeIfAbsent(new Passes(caller, callee, e.getKey()), this::passes)) {
          int both = e.getValue() & inside(inside, caller, callee, e.getKey());
          changed |= both != e.getValue();
          e.setValue(both);
        }
      }
    }
    if (inside.all[callee] == 0) {
      // As of most functions, which have nothing left to lose.
      return changed;
    }
    int both = inside.all[callee] & inside(inside, caller, callee, -1);
    changed |= both != inside.all[callee];
    inside.all[callee] = both;
    return changed;
  }

  private boolean passes(Passes question) {
    for (Block block : program.facts(question.caller).blocks()) {
      for (Expr event : block.events()) {
        if (passes(question, event)) {
          return true;
        }
      }
      if (block.exit().condition() != null && passes(question, block.exit().condition())) {
        return true;
      }
    }
    return false;
  }

  private boolean passes(Passes question, Expr e) {
    if (e.is(Expr.Kind.CALL)
        && !e.callee().isEmpty()
        && resolve(program.unitOf(question.caller), e.callee()) == question.callee
        && !isZero(e, question.parameter)) {
      return true;
    }
    return e.anyOperand(o -> passes(question, o));
  }

  private static boolean isZero(Expr call, int parameter) {
    List<Expr> arguments = call.arguments();
    return parameter < arguments.size()
        && arguments.get(parameter).is(Expr.Kind.NUMBER)
        && arguments.get(parameter).number() == 0;
  }

  /** Whether it may be called from where nobody looked. */
  boolean isEntry(int function) {
    if (model.isMountTimeCallback(program.name(function))) {
      return false;
    }
    return program.linkage(function) == Linkage.GLOBAL && !program.isWhole()
        || callers(function).length == 0
        || given.containsKey(function);
  }

  /** What every call of one function in another stands inside of. */
  private int inside(int caller, int callee) {
    return inside(always, caller, callee, -1);
  }

  /** The same where a parameter is not zero; all calls if that is -1. */
  private int inside(Inside callers, int caller, int callee, int parameter) {
    List<Place> found = places.getOrDefault(caller, Map.of()).get(callee);
    if (found == null) {
      return callers.all[caller];
    }
    int inside = ALL;
    for (Place place : found) {
      if (place.call == null || parameter < 0 || !isZero(place.call, parameter)) {
        inside &= place.open | callers.at(caller, place.needs) & ~place.closed;
      }
    }
    return inside;
  }

  // ---- functions that are handed over for one call

  /** Functions that run where they are handed over; whether there are more of them than before. */
  private boolean findLent() {
    BitSet units = new BitSet();
    for (int f = 0; f < summaries.length; f++) {
      if (always.all[f] != 0 && program.linkage(f) != Linkage.MACRO) {
        units.set(program.unitOf(f));
      }
    }
    places.forEach(
        (f, byCallee) -> {
          boolean opens =
              byCallee.values().stream().anyMatch(l -> l.stream().anyMatch(p -> p.open != 0));
          if (opens) {
            units.set(program.unitOf(f));
          }
        });
    Set<Integer> named = new TreeSet<>();
    given.forEach(
        (f, where) -> {
          if (where.isEmpty()) {
            named.add(f);
          }
        });
    Map<Integer, List<Request.Hop>> found = new LentFunctions(program, graph).find(units, named);
    boolean more = false;
    for (Map.Entry<Integer, List<Request.Hop>> e : new TreeMap<>(found).entrySet()) {
      boolean near =
          e.getValue().stream()
              .anyMatch(hop -> always.all[hop.function()] != 0 || places(hop).get(0).open != 0);
      if (near) {
        int function = e.getKey();
        given.remove(function);
        lenders.put(function, e.getValue());
        for (Request.Hop hop : e.getValue()) {
          lent.computeIfAbsent(hop.function(), f -> new TreeSet<>()).add(function);
          places
              .computeIfAbsent(hop.function(), f -> new HashMap<>())
              .computeIfAbsent(function, f -> new ArrayList<>(1))
              .addAll(places(hop));
        }
        more = true;
      }
    }
    return more;
  }

  /** A call that is handed a function. */
  private List<Place> places(Request.Hop hop) {
    FunctionSummary summary = summaries[hop.function()].forScopes();
    for (CallSite site : summary.calls()) {
      if (hop.call().span().equals(site.call().span())) {
        return places(summary, site);
      }
    }
    return List.of(PLAIN);
  }

  /** Who calls it, those included who hand it over or call what stands in for it. */
  int[] callers(int function) {
    List<Request.Hop> hops = lenders.get(function);
    List<Integer> stubs = stubsOf.get(function);
    if (hops == null && stubs == null) {
      return graph.callers(function);
    }
    IntStream all = Arrays.stream(graph.callers(function));
    if (hops != null) {
      all = IntStream.concat(all, hops.stream().mapToInt(Request.Hop::function));
    }
    if (stubs != null) {
      all =
          IntStream.concat(all, stubs.stream().flatMapToInt(s -> Arrays.stream(graph.callers(s))));
    }
    return all.distinct().toArray();
  }

  private Request.Hop hop(int caller, int callee) {
    Request.Hop lent = lentAt(caller, callee);
    if (lent != null) {
      return lent;
    }
    for (int stub : stubsOf.getOrDefault(callee, List.of())) {
      for (int called : graph.callees(caller)) {
        if (called == stub) {
          return graph.hop(caller, stub);
        }
      }
    }
    return graph.hop(caller, callee);
  }

  // ---- functions that a header replaces where they are configured out

  /**
   * A header has an empty function of the same name for kernels without the real one. Who calls the
   * one calls the other.
   */
  private void findStandIns() {
    Map<String, List<Integer>> inHeaders = new HashMap<>();
    for (int f = 0; f < summaries.length; f++) {
      if (program.linkage(f) == Linkage.STATIC && program.path(program.unitOf(f)).endsWith(".h")) {
        inHeaders.computeIfAbsent(program.name(f), n -> new ArrayList<>(1)).add(f);
      }
    }
    for (int f = 0; f < summaries.length; f++) {
      if (program.linkage(f) == Linkage.GLOBAL) {
        for (int stub : inHeaders.getOrDefault(program.name(f), List.of())) {
          if (isNear(program.path(program.unitOf(stub)), program.path(program.unitOf(f)))
              && standsFor.putIfAbsent(stub, f) == null) {
            stubsOf.computeIfAbsent(f, g -> new ArrayList<>(1)).add(stub);
          }
        }
      }
    }
  }

  private static boolean isNear(String header, String file) {
    return header.startsWith("include/")
        || header.lastIndexOf('/') >= 0
            && file.startsWith(header.substring(0, header.lastIndexOf('/') + 1));
  }

  private int meant(int function) {
    return standsFor.getOrDefault(function, function);
  }

  /** The function that a name means, or that a header replaces; -1 if none. */
  int resolve(int unit, String name) {
    int found = graph.resolve(unit, name);
    return found < 0 ? found : meant(found);
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
          find(f -> given.containsKey(f) ? isKnown(given.get(f)) : callers(f).length == 0).all;
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
      asRead = find(f -> callers(f).length == 0 || given.containsKey(f));
    }
    return (asRead.all[function] & bit) != 0;
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
      if ((always.all[f] & bit) != 0) {
        continue;
      }
      if (isEntry(f)) {
        return outside(f, bit, hops(f, towards), isInsideAsRead(function, bit));
      }
      for (int caller : callers(f)) {
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
      hops.add(hop(f, towards.get(f)));
    }
    return List.copyOf(hops);
  }

  private ScopeMap.Outside outside(
      int first, int bit, List<Request.Hop> below, boolean insideAsRead) {
    int[] callers = callers(first);
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

  /**
   * Whether a function is always inside a scope.
   *
   * @param given parameters that are not zero, as bits
   */
  boolean isInside(int function, int given, ScopeKind kind) {
    return (always.at(function, given) & 1 << kind.ordinal()) != 0;
  }

  /** The call in one function that another is handed over in; null if there is none. */
  Request.Hop lentAt(int function, int lent) {
    for (Request.Hop hop : lenders.getOrDefault(lent, List.of())) {
      if (hop.function() == function) {
        return hop;
      }
    }
    return null;
  }

  /** Kinds of scope that a function is always inside of. */
  Set<ScopeKind> always(int function) {
    return kinds(always.all[function]);
  }

  /** Kinds of scope that a call in a function is always inside of, as far as the callers go. */
  Set<ScopeKind> always(int function, Expr call) {
    if (!parametersThatMatter.containsKey(function)) {
      return always(function);
    }
    List<Surroundings> around = summaries[function].forScopes().around(call);
    int inside = ALL;
    for (Surroundings each : around) {
      inside &= fromCallers(function, each);
    }
    return around.isEmpty() ? always(function) : kinds(inside);
  }

  /**
   * Whether a call in a function is inside all of these on every path, its own scopes or its
   * callers'.
   */
  boolean isInside(int function, Expr call, List<ScopeKind> kinds) {
    int wanted = bits(EnumSet.copyOf(kinds));
    FunctionSummary summary = summaries[function].forScopes();
    if (summary.scopesBounded()) {
      return false;
    }
    List<Surroundings> around = summary.around(call);
    for (Surroundings each : around) {
      int open =
          each.mountTime()
              ? ALL
              : bits(each) | always.at(function, needs(each)) & ~bits(each.closed());
      if ((open & wanted) != wanted) {
        return false;
      }
    }
    return !around.isEmpty();
  }

  /**
   * Whether a function on the way down to the allocator, itself included, may leave scopes of its
   * caller's before the allocation.
   */
  boolean isLeft(Request request, List<ScopeKind> kinds) {
    if (leaves(request.function(), request.call(), kinds)) {
      return true;
    }
    for (Request.Hop hop : request.path()) {
      boolean left =
          summaries[hop.function()].forScopes().around(hop.call()).stream()
              .anyMatch(each -> isLeft(each, kinds));
      if (left || leaves(hop.function(), hop.call(), kinds)) {
        return true;
      }
    }
    return false;
  }

  private boolean leaves(int caller, Expr call, List<ScopeKind> kinds) {
    int function = resolve(program.unitOf(caller), call.callee());
    return function >= 0
        && kinds.stream()
            .anyMatch(
                kind ->
                    summaries[function].scopes().closedKinds().contains(kind)
                        || summaries[function].scopes().lapsedKinds().contains(kind));
  }

  private static boolean isLeft(Surroundings around, List<ScopeKind> kinds) {
    return around.scopes().stream().noneMatch(s -> kinds.contains(s.kind()))
        && around.closed().stream().anyMatch(kinds::contains);
  }

  private int fromCallers(int function, Surroundings around) {
    return bits(around) == 0 && !around.mountTime() ? always.at(function, needs(around)) : ALL;
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
    record Step(int function, List<Request.Hop> below, boolean lapsed) {}
    Deque<Step> work = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    seen.add(function);
    boolean lapses = summaries[function].scopes().lapsedKinds().contains(kind);
    work.add(new Step(function, List.of(), lapses));
    while (!work.isEmpty() && ways.size() < MOST_WAYS && seen.size() < MOST_CALLERS) {
      Step step = work.poll();
      for (int caller : callers(step.function)) {
        Request.Cover cover = cover(caller, step.function, kind, step.below);
        if (cover == null) {
          continue;
        }
        boolean lapsed = step.lapsed || lapses(caller, step.function, kind);
        if (cover.scope() != null) {
          ways.add(lapsed ? cover.lapse() : cover);
        } else if (seen.add(caller) && cover.approach().size() < MOST_CALLS) {
          work.add(new Step(caller, cover.approach(), lapsed));
        }
        if (ways.size() == MOST_WAYS) {
          break;
        }
      }
    }
    return List.copyOf(ways);
  }

  private boolean lapses(int caller, int callee, ScopeKind kind) {
    return places.getOrDefault(caller, Map.of()).getOrDefault(callee, List.of()).stream()
        .anyMatch(place -> (place.lapsed & 1 << kind.ordinal()) != 0);
  }

  /** Without a scope where the caller is covered itself. */
  private Request.Cover cover(int caller, int callee, ScopeKind kind, List<Request.Hop> below) {
    List<Place> found = places.getOrDefault(caller, Map.of()).getOrDefault(callee, List.of());
    for (Place place : found) {
      Optional<OpenScope> shown =
          place.site == null || (place.open & 1 << kind.ordinal()) == 0
              ? Optional.empty()
              : place.site.visits().stream()
                  .flatMap(v -> v.surroundings().scopes().stream())
                  .filter(s -> s.kind() == kind)
                  .findFirst();
      if (shown.isPresent()) {
        OpenScope open = shown.get();
        return new Request.Cover(
            Request.Scope.of(caller, open),
            joined(new Request.Hop(caller, place.site.call()), below));
      }
    }
    if ((inside(caller, callee) & 1 << kind.ordinal()) == 0) {
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
    return new Request.Cover(null, joined(hop(caller, callee), below));
  }

  private static List<Request.Hop> joined(Request.Hop first, List<Request.Hop> below) {
    List<Request.Hop> all = new ArrayList<>();
    all.add(first);
    all.addAll(below);
    return List.copyOf(all);
  }
}
