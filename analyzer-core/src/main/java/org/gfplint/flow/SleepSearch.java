package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.ExecutionContext;

/**
 * Looks, from a function that is called where nothing may sleep, down its calls for a request that
 * may. What is known of the arguments goes along, so that the same function can be right for one
 * caller and wrong for another. For one thread.
 */
final class SleepSearch {
  private static final int MAX_DEPTH = 7;

  /** Marks a mask that a caller has chosen. */
  private static final Span CALLERS_CHOICE = new Span(0, 0, 0, 0);

  private static final Set<AtomicContext> LOCK_OF_A_TREE =
      Set.of(AtomicContext.SPINLOCK, AtomicContext.IRQ_OFF, AtomicContext.BH_OFF);

  private final Knowledge knowledge;
  private final CallGraph graph;
  private final int[] distances;
  private final BiPredicate<AllocationRequest, ExecutionContext> sleeps;

  private record Question(int function, List<Value> arguments, Set<AtomicContext> contexts) {}

  /** What was found below a question; empty while it is being asked. */
  private final Map<Question, Optional<Way>> known = new HashMap<>();

  /** A call on the way; {@code handsOn} if the mask it passes was passed to it. */
  private record Step(int function, Expr call, boolean handsOn) {}

  /** A way from the start of a function to a request that sleeps. */
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
   * @param sleeps whether a request may sleep though its context does not allow it
   */
  SleepSearch(
      Knowledge knowledge,
      CallGraph graph,
      int[] distances,
      BiPredicate<AllocationRequest, ExecutionContext> sleeps) {
    this.knowledge = knowledge;
    this.graph = graph;
    this.distances = distances;
    this.sleeps = sleeps;
  }

  /** A request below a call that stands in a context; empty if there is none. */
  Optional<Request> below(
      int function, CallSite site, CallSite.Visit visit, List<Request.Context> held) {
    int callee = graph.resolve(knowledge.program().unitOf(function), site.callee());
    if (callee < 0 || distances[callee] == Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Step first = new Step(function, site.call(), false);
    return search(callee, passed(visit.arguments()), contexts(held), 1)
        .map(way -> request(way.below(first), held));
  }

  /** A request below a function that is only ever called in a context. */
  Optional<Request> in(int function, Request.Context entry) {
    if (distances[function] == Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return search(function, List.of(), entry.contexts(), 0)
        .map(way -> request(way, List.of(entry)));
  }

  private static Set<AtomicContext> contexts(List<Request.Context> held) {
    Set<AtomicContext> contexts = new HashSet<>();
    held.forEach(h -> contexts.addAll(h.contexts()));
    return contexts;
  }

  private Optional<Way> search(
      int function, List<Value> arguments, Set<AtomicContext> contexts, int depth) {
    Question question = new Question(function, arguments, contexts);
    Optional<Way> before = known.get(question);
    if (before != null) {
      return before;
    }
    if (depth > MAX_DEPTH) {
      return Optional.empty();
    }
    known.put(question, Optional.empty());
    Optional<Way> way = look(question, depth);
    known.put(question, way);
    return way;
  }

  private Optional<Way> look(Question question, int depth) {
    FunctionSummary summary =
        new FunctionWalk(knowledge, question.function, true, question.arguments, question.contexts)
            .walk();
    for (RequestSite site : summary.requests()) {
      for (RequestSite.Visit visit : site.visits()) {
        if (!visit.surroundings().left().isEmpty()) {
          continue;
        }
        for (MaskAlternative mask : visit.mask().masks()) {
          if (mask.isConstant() && sleeps(site, visit, mask, question.contexts)) {
            boolean choice = isChoice(site, question.contexts);
            return Optional.of(new Way(List.of(), question.function, site, visit, mask, choice));
          }
        }
      }
    }
    int unit = knowledge.program().unitOf(question.function);
    List<CallSite> calls = new ArrayList<>();
    Map<String, Integer> callees = new HashMap<>();
    for (CallSite call : summary.calls()) {
      int callee = call.callee().isEmpty() ? -1 : graph.resolve(unit, call.callee());
      if (callee >= 0 && distances[callee] != Integer.MAX_VALUE) {
        callees.put(call.callee(), callee);
        calls.add(call);
      }
    }
    calls.sort(Comparator.comparingInt(c -> distances[callees.get(c.callee())]));
    for (CallSite call : calls) {
      for (CallSite.Visit visit : call.visits()) {
        if (visit.surroundings().left().isEmpty()) {
          Optional<Way> way =
              search(
                  callees.get(call.callee()),
                  passed(visit.arguments()),
                  question.contexts,
                  depth + 1);
          if (way.isPresent()) {
            boolean handsOn = visit.arguments().stream().anyMatch(SleepSearch::isCallersChoice);
            return Optional.of(way.get().below(new Step(question.function, call.call(), handsOn)));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the code chooses, by a condition not understood here, between this mask and a safe one.
   */
  private boolean isChoice(RequestSite site, Set<AtomicContext> contexts) {
    for (RequestSite.Visit visit : site.visits()) {
      for (MaskAlternative mask : visit.mask().masks()) {
        if (mask.isConstant() && !sleeps(site, visit, mask, contexts)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean sleeps(
      RequestSite site,
      RequestSite.Visit visit,
      MaskAlternative mask,
      Set<AtomicContext> contexts) {
    Set<AtomicContext> inside = contexts;
    if (site.api().dropsLock()) {
      // Which lock that is cannot be told from here.
      inside = new HashSet<>(contexts);
      inside.removeAll(LOCK_OF_A_TREE);
      if (inside.isEmpty()) {
        return false;
      }
    }
    AllocationRequest request =
        new AllocationRequest(
            site.api(), mask.mask(), Sizes.inBytes(site.api().size(), visit.size()));
    return sleeps.test(request, ExecutionContext.PROCESS.withAtomic(inside));
  }

  private static boolean isCallersChoice(Value value) {
    return value instanceof Value.Masks m
        && m.alternatives().stream().anyMatch(a -> CALLERS_CHOICE.equals(a.chosen()));
  }

  /** What a callee can be told of its arguments. */
  private static List<Value> passed(List<Value> arguments) {
    List<Value> passed = new ArrayList<>(arguments.size());
    int last = 0;
    for (Value value : arguments) {
      Value told = told(value);
      passed.add(told);
      if (!told.equals(Value.UNKNOWN)) {
        last = passed.size();
      }
    }
    return List.copyOf(passed.subList(0, last));
  }

  private static Value told(Value value) {
    if (value instanceof Value.Range r && r.min() == r.max()) {
      return value;
    }
    if (value instanceof Value.Masks m
        && m.alternatives().stream().allMatch(MaskAlternative::isConstant)) {
      return new Value.Masks(
          m.alternatives().stream()
              .map(a -> MaskAlternative.constant(a.mask(), CALLERS_CHOICE))
              .distinct()
              .toList());
    }
    return Value.UNKNOWN;
  }

  /** The request as seen from where its mask is chosen. */
  private Request request(Way way, List<Request.Context> held) {
    int decider = way.steps.size();
    boolean passed = CALLERS_CHOICE.equals(way.mask.chosen());
    while (passed && decider > 0) {
      decider--;
      passed = way.steps.get(decider).handsOn;
    }
    List<Request.Hop> hops = new ArrayList<>();
    way.steps.forEach(s -> hops.add(new Request.Hop(s.function, s.call)));
    hops.add(new Request.Hop(way.function, way.site.call()));
    Request.Hop at = hops.get(decider);
    return new Request(
        at.function(),
        at.call(),
        way.site.api(),
        way.mask.mask(),
        CALLERS_CHOICE.equals(way.mask.chosen()) ? null : way.mask.chosen(),
        Sizes.inBytes(way.site.api().size(), way.visit.size()),
        RequestPropagation.sizeText(way.site),
        List.of(),
        held,
        List.copyOf(hops.subList(0, decider)),
        List.copyOf(hops.subList(decider + 1, hops.size())),
        way.choice);
  }
}
