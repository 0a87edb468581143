package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.EntryContext;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/** Who calls a function, where, and with what; for one thread. */
public final class CallerSearch {
  private final Program program;
  private final Knowledge knowledge;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final StoredFunctions stored;
  private final Map<Integer, List<Entry>> entries = new HashMap<>();

  /** Functions that are named other than to call them or to store them where this is known. */
  private final Set<Integer> handedOut = new TreeSet<>();

  /**
   * A call.
   *
   * @param function where it stands
   * @param held what is entered there, by the function itself, on some way to the call
   * @param scopes open task scopes on the same way, outermost first
   * @param masks masks among the arguments, as far as they are known
   * @param candidates how many functions the call can mean if it goes through a pointer, else 0
   */
  public record Call(
      int function,
      Expr call,
      List<Request.Context> held,
      List<Request.Scope> scopes,
      List<GfpMask> masks,
      int candidates) {}

  /**
   * A place that makes a function known to the kernel, which calls it back.
   *
   * @param in the function that the place lies in, or the first of its file
   */
  public record Entry(EntryContext context, int in, Span place) {}

  CallerSearch(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      List<List<StoredFunction>> tables,
      CallGraph graph,
      StoredFunctions stored) {
    this.program = knowledge.program();
    this.knowledge = knowledge;
    this.summaries = summaries;
    this.graph = graph;
    this.stored = stored;
    for (StoredFunctions.Stored each : stored.all()) {
      StoredFunctions.Place place = each.place();
      List<EntryContext> known = knowledge.contexts().slots(place.struct(), place.field());
      int in = place.function() < 0 ? program.firstFunction(place.unit()) : place.function();
      known.forEach(context -> enter(each.function(), new Entry(context, in, place.span())));
      if (known.isEmpty()) {
        handedOut.add(each.function());
      }
    }
    for (FunctionSummary summary : summaries) {
      for (Registration r : summary.registrations()) {
        int callback = graph.resolve(program.unitOf(summary.function()), r.callback());
        if (r.parameter() < 0 && callback >= 0 && r.entry().field().isEmpty()) {
          enter(callback, new Entry(r.entry(), summary.function(), r.place()));
        }
      }
    }
    for (int unit = 0; unit < tables.size(); unit++) {
      for (StoredFunction each : tables.get(unit)) {
        if (each.field().isEmpty()) {
          int named = graph.resolve(unit, each.function());
          if (named >= 0 && !entries.containsKey(named)) {
            handedOut.add(named);
          }
        }
      }
    }
  }

  private void enter(int function, Entry entry) {
    entries.computeIfAbsent(function, f -> new ArrayList<>(1)).add(entry);
  }

  /** Functions of that name, those that others can call first. */
  public List<Integer> functions(String name) {
    List<Integer> found = new ArrayList<>();
    for (int f = 0; f < summaries.length; f++) {
      String each = program.name(f);
      if (each.equals(name) || each.equals(name + "_noprof")) {
        found.add(f);
      }
    }
    found.sort(
        Comparator.comparing((Integer f) -> program.linkage(f) == Linkage.MACRO)
            .thenComparing(f -> f));
    return found;
  }

  /** Names like that one. */
  public List<String> namesLike(String name) {
    Set<String> names = new TreeSet<>();
    for (int f = 0; f < summaries.length; f++) {
      if (program.name(f).contains(name)) {
        names.add(program.name(f));
      }
    }
    return List.copyOf(names);
  }

  /** Where it begins as a callback; empty if it is none that is known. */
  public List<Entry> entries(int function) {
    return entries.getOrDefault(function, List.of());
  }

  /** Whether it may be called from places that are not seen. */
  public boolean hasUnseenCallers(int function) {
    return handedOut.contains(function)
        || graph.callers(function).length == 0 && entries(function).isEmpty();
  }

  /** Calls of it, in order of place. */
  public List<Call> calls(int function) {
    List<Call> found = new ArrayList<>();
    for (int caller : new LinkedHashSet<>(boxed(graph.callers(function)))) {
      found.addAll(calls(caller, function));
    }
    return found;
  }

  private static List<Integer> boxed(int[] functions) {
    List<Integer> boxed = new ArrayList<>(functions.length);
    for (int f : functions) {
      boxed.add(f);
    }
    return boxed;
  }

  private List<Call> calls(int caller, int callee) {
    Map<Span, CallSite> sites = new HashMap<>();
    for (CallSite site : summaries[caller].calls()) {
      if (site.call().span() != null) {
        sites.put(site.call().span(), site);
      }
    }
    List<Call> found = new ArrayList<>();
    for (Expr call : Calls.of(program.facts(caller))) {
      int candidates = call.span() == null ? -1 : candidates(caller, call, callee);
      if (candidates < 0) {
        continue;
      }
      CallSite site = sites.get(call.span());
      if (site == null) {
        found.add(new Call(caller, call, List.of(), List.of(), List.of(), candidates));
        continue;
      }
      Set<Call> different = new LinkedHashSet<>();
      for (CallSite.Visit visit : site.visits()) {
        different.add(
            new Call(
                caller,
                call,
                RequestPropagation.held(caller, visit.surroundings().held()),
                visit.surroundings().scopes().stream()
                    .map(s -> Request.Scope.of(caller, s))
                    .toList(),
                masks(visit),
                candidates));
      }
      found.addAll(different);
    }
    return found;
  }

  /** How many functions a call through a pointer can mean; 0 for a direct one, -1 for another's. */
  private int candidates(int caller, Expr call, int callee) {
    if (call.callee().isEmpty()) {
      Expr field = StoredFunctions.pointer(call);
      Set<Integer> possible = field == null ? Set.of() : stored.calledBy(caller, call);
      return possible.contains(callee) ? possible.size() : -1;
    }
    return graph.resolve(program.unitOf(caller), call.callee()) == callee ? 0 : -1;
  }

  private static List<GfpMask> masks(CallSite.Visit visit) {
    List<GfpMask> masks = new ArrayList<>();
    for (Value value : visit.arguments()) {
      if (value instanceof Value.Masks m) {
        m.alternatives().stream()
            .filter(MaskAlternative::isConstant)
            .map(MaskAlternative::mask)
            .filter(mask -> !masks.contains(mask))
            .forEach(masks::add);
      }
    }
    return List.copyOf(masks);
  }

  /** The shortest way of calls from one of these functions to one of those. */
  public Optional<List<Call>> path(List<Integer> from, List<Integer> to) {
    int[] distance = graph.distancesTo(to);
    int at = -1;
    for (int f : from) {
      if (distance[f] != Integer.MAX_VALUE && (at < 0 || distance[f] < distance[at])) {
        at = f;
      }
    }
    if (at < 0) {
      return Optional.empty();
    }
    // A pointer may mean less than its field's name lets one think: then another way is taken.
    record Step(int function, Step before, Call call) {}
    Deque<Step> work = new ArrayDeque<>();
    Set<Integer> seen = new LinkedHashSet<>(from);
    from.forEach(f -> work.add(new Step(f, null, null)));
    Set<Integer> targets = new TreeSet<>(to);
    while (!work.isEmpty()) {
      Step step = work.poll();
      if (targets.contains(step.function) && step.before != null) {
        List<Call> path = new ArrayList<>();
        for (Step s = step; s.before != null; s = s.before) {
          path.add(0, s.call);
        }
        return Optional.of(path);
      }
      for (int callee : new LinkedHashSet<>(boxed(graph.callees(step.function)))) {
        if (distance[callee] != Integer.MAX_VALUE && !seen.contains(callee)) {
          List<Call> calls = calls(step.function, callee);
          if (!calls.isEmpty()) {
            seen.add(callee);
            work.add(new Step(callee, step, calls.get(0)));
          }
        }
      }
    }
    return Optional.empty();
  }
}
