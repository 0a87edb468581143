package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.ReclaimKind;
import org.gfplint.model.ScopeKind;

/**
 * Looks, from a call with a lock held, down for requests that may enter a kind of reclaim. Task
 * scopes and what is known of the arguments go along. For one thread.
 */
final class ReclaimSearch {
  private static final int MAX_DEPTH = 6;

  private final Knowledge knowledge;
  private final CallGraph graph;
  private final StoredFunctions stored;
  private final int[] distances;
  private final Answers<Question, Optional<Way>> known = new Answers<>(Optional.empty(), MAX_DEPTH);

  private record Question(
      int function, List<Value> arguments, Set<ScopeKind> scopes, ReclaimKind kind) {}

  /**
   * A call on the way; {@code handsOn} if the mask it passes was passed to it; {@code candidates}
   * is how many functions it can mean if it goes through a pointer.
   */
  private record Step(Request.Hop hop, List<OpenScope> scopes, boolean handsOn, int candidates) {}

  /** A request, the mask that does it, and the calls that lead there. */
  private record Way(
      List<Step> steps,
      int function,
      RequestSite site,
      RequestSite.Visit visit,
      MaskAlternative mask,
      boolean choice) {
    Way below(Step step) {
      List<Step> longer = new ArrayList<>(steps.size() + 1);
      longer.add(step);
      longer.addAll(steps);
      return new Way(List.copyOf(longer), function, site, visit, mask, choice);
    }
  }

  /**
   * A search.
   *
   * @param distances calls to the next request, by function
   */
  ReclaimSearch(Knowledge knowledge, CallGraph graph, StoredFunctions stored, int[] distances) {
    this.knowledge = knowledge;
    this.graph = graph;
    this.stored = stored;
    this.distances = distances;
  }

  /**
   * The nearest request below a call.
   *
   * @param covers scopes that all callers of the function have open
   */
  Optional<Request> below(
      int function,
      CallSite site,
      CallSite.Visit visit,
      Set<ScopeKind> covers,
      ReclaimKind kind,
      List<Request.Context> held) {
    Set<Integer> callees = callees(function, site);
    Set<ScopeKind> scopes = with(covers, visit.surroundings().scopes());
    for (int callee : callees) {
      if (distances[callee] < MAX_DEPTH) {
        Optional<Way> way = search(callee, SleepSearch.passed(visit), scopes, kind, 1);
        if (way.isPresent()) {
          Step first =
              new Step(
                  new Request.Hop(function, site.call()),
                  visit.surroundings().scopes(),
                  false,
                  site.callee().isEmpty() ? callees.size() : 0);
          return Optional.of(request(way.get().below(first), held));
        }
      }
    }
    return Optional.empty();
  }

  private Set<Integer> callees(int function, CallSite site) {
    if (site.callee().isEmpty()) {
      return stored.calledBy(function, site.call());
    }
    int callee = graph.resolve(knowledge.program().unitOf(function), site.callee());
    return callee < 0 ? Set.of() : Set.of(callee);
  }

  private static Set<ScopeKind> with(Set<ScopeKind> outer, List<OpenScope> opened) {
    if (opened.isEmpty()) {
      return outer;
    }
    Set<ScopeKind> all = EnumSet.noneOf(ScopeKind.class);
    all.addAll(outer);
    opened.forEach(s -> all.add(s.kind()));
    return all;
  }

  private Optional<Way> search(
      int function, List<Value> arguments, Set<ScopeKind> scopes, ReclaimKind kind, int depth) {
    Question question = new Question(function, arguments, scopes, kind);
    return known.find(question, depth, () -> look(question, depth));
  }

  private Optional<Way> look(Question question, int depth) {
    FunctionSummary summary =
        new FunctionWalk(knowledge, question.function, true, question.arguments, Set.of()).walk();
    for (RequestSite site : summary.requests()) {
      Optional<Way> way = here(question, site);
      if (way.isPresent()) {
        return way;
      }
    }
    record Target(CallSite call, int callee, int candidates) {}
    List<Target> targets = new ArrayList<>();
    for (CallSite call : summary.calls()) {
      Set<Integer> callees = callees(question.function, call);
      for (int callee : callees) {
        if (distances[callee] < MAX_DEPTH - depth) {
          targets.add(new Target(call, callee, call.callee().isEmpty() ? callees.size() : 0));
        } else if (distances[callee] != Integer.MAX_VALUE) {
          known.passOver();
        }
      }
    }
    targets.sort(Comparator.comparingInt(t -> distances[t.callee]));
    for (Target target : targets) {
      for (CallSite.Visit visit : target.call.visits()) {
        // Whether it is this lock that was given up cannot be told.
        if (visit.surroundings().left().isEmpty()) {
          Optional<Way> way =
              search(
                  target.callee,
                  SleepSearch.passed(visit),
                  with(question.scopes, visit.surroundings().scopes()),
                  question.kind,
                  depth + 1);
          if (way.isPresent()) {
            boolean handsOn = visit.arguments().stream().anyMatch(SleepSearch::isCallersChoice);
            Step step =
                new Step(
                    new Request.Hop(question.function, target.call.call()),
                    visit.surroundings().scopes(),
                    handsOn,
                    target.candidates);
            return Optional.of(way.get().below(step));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Way> here(Question question, RequestSite site) {
    Way found = null;
    boolean choice = false;
    for (RequestSite.Visit visit : site.visits()) {
      Set<ScopeKind> scopes = with(question.scopes, visit.surroundings().scopes());
      for (MaskAlternative mask : visit.mask().masks()) {
        if (!mask.isConstant()) {
          continue;
        }
        if (!mayEnter(site, visit, mask, scopes, question.kind)) {
          choice = true;
        } else if (found == null && visit.surroundings().left().isEmpty()) {
          found = new Way(List.of(), question.function, site, visit, mask, false);
        }
      }
    }
    if (found == null) {
      return Optional.empty();
    }
    return Optional.of(
        choice ? new Way(found.steps, found.function, site, found.visit, found.mask, true) : found);
  }

  /** Whether a request may enter a kind of reclaim. */
  boolean mayEnter(
      RequestSite site,
      RequestSite.Visit visit,
      MaskAlternative mask,
      Set<ScopeKind> scopes,
      ReclaimKind kind) {
    AllocationRequest request =
        new AllocationRequest(
            site.api(), mask.mask(), Sizes.inBytes(site.api().size(), visit.size()));
    return knowledge
        .model()
        .mayEnter(kind, request, ExecutionContext.PROCESS.withScopes(List.copyOf(scopes)));
  }

  private static Request request(Way way, List<Request.Context> held) {
    List<Request.Hop> hops = new ArrayList<>();
    List<Request.Scope> scopes = new ArrayList<>();
    int candidates = 0;
    for (Step step : way.steps) {
      hops.add(step.hop);
      candidates += step.candidates;
      step.scopes.forEach(s -> scopes.add(Request.Scope.of(step.hop.function(), s)));
    }
    way.visit.surroundings().scopes().forEach(s -> scopes.add(Request.Scope.of(way.function, s)));
    int decider = decider(way);
    hops.add(new Request.Hop(way.function, way.site.call()));
    Request.Hop at = hops.get(decider);
    return new Request(
        at.function(),
        at.call(),
        way.site.api(),
        way.mask.mask(),
        SleepSearch.isCallers(way.mask) ? null : way.mask.chosen(),
        Sizes.inBytes(way.site.api().size(), way.visit.size()),
        RequestPropagation.sizeText(way.site),
        List.copyOf(scopes),
        List.of(),
        held,
        List.copyOf(hops.subList(0, decider)),
        List.copyOf(hops.subList(decider + 1, hops.size())),
        way.choice,
        candidates);
  }

  /** Which of the calls decides on the mask: the last that was not given it. */
  private static int decider(Way way) {
    int decider = way.steps.size();
    boolean passed = SleepSearch.isCallers(way.mask);
    while (passed && decider > 0) {
      decider--;
      passed = way.steps.get(decider).handsOn;
    }
    return decider;
  }
}
