package org.gfplint.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ExecutionContext;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/** Finds requests that are made, at any depth, where nothing may sleep. */
final class AtomicRequests {
  /** How many functions may hand a callback on to the one that registers it. */
  private static final int MOST_WRAPPERS = 2;

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final StoredFunctions stored;
  private final SleepSearch search;
  private final Set<Request> found = new LinkedHashSet<>();

  AtomicRequests(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      StoredFunctions stored,
      BiPredicate<AllocationRequest, ExecutionContext> sleeps) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    this.stored = stored;
    List<Integer> targets = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (!summary.requests().isEmpty()) {
        targets.add(summary.function());
      }
    }
    search =
        new SleepSearch(knowledge, summaries, graph, stored, graph.distancesTo(targets), sleeps);
  }

  /** In order of the functions where the context begins; requests of those themselves left out. */
  List<Request> find() {
    for (FunctionSummary summary : summaries) {
      for (CallSite call : summary.calls()) {
        for (CallSite.Visit visit : call.visits()) {
          if (!visit.surroundings().held().isEmpty()) {
            List<Request.Context> held =
                RequestPropagation.held(summary.function(), visit.surroundings().held());
            found.addAll(search.below(summary.function(), call, visit, held));
            for (int parameter : search.parametersCalled(summary.function(), call)) {
              lend(summary.function(), parameter, new Lent(summary.function(), call, visit, held));
            }
          }
        }
      }
      for (Registration r : summary.registrations()) {
        if (r.entry().field().isEmpty()) {
          register(summary.function(), r, 0);
        } else {
          registerObject(summary, r);
        }
      }
    }
    stored.all().forEach(this::callBack);
    stored.given().forEach(this::callBack);
    return List.copyOf(found);
  }

  private void callBack(StoredFunctions.Stored each) {
    StoredFunctions.Place place = each.place();
    for (EntryContext entry : knowledge.contexts().slots(place.struct(), place.field())) {
      enter(each.function(), entry, place.unit(), place.function(), place.span());
      if (!entry.inherits().isEmpty()) {
        inherit(each, entry);
      }
    }
  }

  /** Where a function calls what it was given, or has it called, with something held. */
  private record Lent(
      int function, CallSite call, CallSite.Visit visit, List<Request.Context> held) {}

  /** What the callers of a function give it to call. */
  private void lend(int function, int parameter, Lent lent) {
    for (Request.Hop hop : graph.callsTo(function)) {
      Expr call = hop.call();
      if (parameter < call.arguments().size()
          && lent.visit.surroundings().guards().stream().allMatch(g -> admits(g, call))) {
        Expr named = call.arguments().get(parameter).behindAddress();
        if (named.is(Expr.Kind.NAME) && !program.facts(hop.function()).declares(named.name())) {
          int callback = graph.resolve(program.unitOf(hop.function()), named.name());
          if (callback >= 0) {
            found.addAll(
                search.below(lent.function, lent.call, lent.visit, lent.held, Set.of(callback)));
          }
        }
      }
    }
  }

  private static boolean admits(Guard guard, Expr call) {
    if (!guard.asksForTruth() || guard.parameter() >= call.arguments().size()) {
      return true;
    }
    Expr argument = call.arguments().get(guard.parameter());
    return !argument.is(Expr.Kind.NUMBER) || (argument.number() != 0) == guard.expected();
  }

  /** What is still held from another function of the same table. */
  private void inherit(StoredFunctions.Stored callback, EntryContext entry) {
    int from = stored.beside(callback, entry.inherits());
    if (from < 0) {
      return;
    }
    for (Held held : summaries[from].locks().onTrue().enters()) {
      if (!held.contexts().isEmpty()) {
        Request.Context context =
            new Request.Context(
                callback.function(),
                held.contexts(),
                held.entered(),
                from,
                held.by() + ", which " + program.name(callback.function()) + "() inherits",
                true,
                Set.of());
        found.addAll(search.in(callback.function(), context));
      }
    }
  }

  /**
   * A callback that is a member of the object that is registered: assigned in the same function, or
   * in a table of the file, if each of these is registered in the same way.
   */
  private void registerObject(FunctionSummary summary, Registration registration) {
    int function = summary.function();
    int unit = program.unitOf(function);
    String field = registration.entry().field();
    for (StoredFunctions.Assignment a : summary.stored()) {
      if (a.target().name().equals(field)
          && a.target().operand(0).text().equals(registration.callback())) {
        int callback = graph.resolve(unit, a.function());
        if (callback >= 0) {
          enter(callback, registration.entry(), unit, function, registration.place());
        }
        return;
      }
    }
    List<Integer> candidates = stored.inTables(unit, field);
    Set<String> objects = new LinkedHashSet<>();
    int first = program.firstFunction(unit);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      for (Registration other : summaries[f].registrations()) {
        if (other.entry().field().equals(field)) {
          if (!other.entry().contexts().equals(registration.entry().contexts())) {
            return;
          }
          objects.add(other.callback());
        }
      }
    }
    if (objects.size() >= candidates.size()) {
      candidates.forEach(c -> enter(c, registration.entry(), unit, function, registration.place()));
    }
  }

  /** A callback that is a parameter is what the callers pass. */
  private void register(int function, Registration registration, int depth) {
    int unit = program.unitOf(function);
    if (registration.parameter() < 0) {
      int callback = graph.resolve(unit, registration.callback());
      if (callback >= 0) {
        enter(callback, registration.entry(), unit, function, registration.place());
      }
      return;
    }
    if (depth == MOST_WRAPPERS) {
      return;
    }
    for (int caller : graph.callers(function)) {
      for (Expr call : Calls.of(program.facts(caller))) {
        if (call.callee().equals(program.name(function))
            && registration.parameter() < call.arguments().size()) {
          passedOn(caller, call, registration, depth);
        }
      }
    }
  }

  private void passedOn(int caller, Expr call, Registration registration, int depth) {
    Expr given = call.arguments().get(registration.parameter());
    Expr named = given.behindAddress();
    if (named.is(Expr.Kind.FIELD)) {
      // One of several kinds of device, each with a table of its own.
      int unit = program.unitOf(caller);
      stored
          .inFieldNamed(caller, named)
          .forEach(f -> enter(f, registration.entry(), unit, caller, call.span()));
    }
    if (named.is(Expr.Kind.NAME)) {
      int parameter = program.facts(caller).parameter(named.name());
      Registration outer = new Registration(named.name(), parameter, registration.entry(), call);
      register(caller, outer, depth + 1);
    }
  }

  private void enter(int callback, EntryContext entry, int unit, int in, Span place) {
    if (entry.contexts().isEmpty() || stored.mentionsOneOf(unit, entry.unless())) {
      return;
    }
    Request.Context context =
        new Request.Context(
            callback,
            entry.contexts(),
            place,
            in < 0 ? callback : in,
            program.name(callback) + "() is called back as " + entry.where(),
            entry.certainty() == EntryContext.Certainty.CERTAIN,
            entry.given());
    // Who chooses between masks where some callers only must not sleep knows which caller it is.
    search.in(callback, context).stream()
        .filter(request -> context.certain() || !request.choice())
        .forEach(found::add);
  }
}
