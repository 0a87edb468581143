package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.LockKind;
import org.gfplint.program.Program;

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
  private final StoredFunctions stored;
  private final int[] distances;
  private final LentCalls lentCalls;
  private final BiPredicate<AllocationRequest, ExecutionContext> sleeps;

  private record Question(int function, List<Value> arguments, Set<AtomicContext> contexts) {}

  /** Requests below one function that are each worth a report: one may hide behind another. */
  private static final int MOST_WAYS = 3;

  /** The nearest ways first. */
  private final Answers<Question, List<Way>> known = new Answers<>(List.of(), MAX_DEPTH);

  /**
   * A call on the way; {@code handsOn} if the mask it passes was passed to it; {@code candidates}
   * is how many functions it can mean.
   */
  private record Step(
      int function, Expr call, boolean handsOn, int candidates, boolean mayBeFree) {}

  /**
   * A request that sleeps, and whether the code may choose another mask for it; {@code mayBeFree}
   * if on some path the caller's lock was dropped before.
   */
  private record Leaf(
      RequestSite site,
      RequestSite.Visit visit,
      MaskAlternative mask,
      boolean choice,
      boolean mayBeFree) {}

  /** A way from the start of a function to one with requests that sleep. */
  private record Way(List<Step> steps, int function, List<Leaf> leaves) {
    Way below(Step step) {
      List<Step> longer = new ArrayList<>(steps.size() + 1);
      longer.add(step);
      longer.addAll(steps);
      return new Way(List.copyOf(longer), function, leaves);
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
      FunctionSummary[] summaries,
      CallGraph graph,
      StoredFunctions stored,
      int[] distances,
      BiPredicate<AllocationRequest, ExecutionContext> sleeps) {
    this.knowledge = knowledge;
    this.graph = graph;
    this.stored = stored;
    this.distances = distances;
    this.sleeps = sleeps;
    this.lentCalls = new LentCalls(knowledge.program(), summaries, graph);
  }

  /** The nearest requests below a call that stands in a context. */
  List<Request> below(
      int function, CallSite site, CallSite.Visit visit, List<Request.Context> held) {
    return below(function, site, visit, held, callees(function, site));
  }

  /** The same, if it is known which functions the call means. */
  List<Request> below(
      int function,
      CallSite site,
      CallSite.Visit visit,
      List<Request.Context> held,
      Set<Integer> callees) {
    List<Request> requests = new ArrayList<>();
    for (int callee : callees) {
      if (distances[callee] != Integer.MAX_VALUE) {
        Step first = new Step(function, site.call(), false, callees.size(), false);
        for (Way way : search(callee, passed(visit, callee, site), contexts(held), 1)) {
          requests.addAll(requests(way.below(first), held));
        }
      }
    }
    return requests;
  }

  /** Parameters of a function that a call in it runs. */
  List<Integer> parametersCalled(int function, CallSite site) {
    int called = knowledge.program().facts(function).parameter(site.callee());
    if (called >= 0) {
      return List.of(called);
    }
    int callee =
        site.callee().isEmpty()
            ? -1
            : graph.resolve(knowledge.program().unitOf(function), site.callee());
    return callee < 0 ? List.of() : lentCalls.parametersLentTo(callee, function, site.call());
  }

  /** What a call runs: the function that it names, and those that it lends to that one. */
  private Set<Integer> callees(int function, CallSite site) {
    if (site.callee().isEmpty()) {
      return stored.calledByOrGiven(function, site.call());
    }
    int callee = graph.resolve(knowledge.program().unitOf(function), site.callee());
    if (callee < 0 || knowledge.program().facts(function).declares(site.callee())) {
      return Set.of();
    }
    Set<Integer> lent = lentCalls.lentTo(callee, function, site.call());
    if (lent.isEmpty()) {
      return Set.of(callee);
    }
    Set<Integer> both = new LinkedHashSet<>(lent);
    both.add(callee);
    return both;
  }

  /** What the function that a call names is told; others are given who knows what. */
  private List<Value> passed(CallSite.Visit visit, int callee, CallSite site) {
    boolean named =
        site.callee().isEmpty() || site.callee().equals(knowledge.program().name(callee));
    return named ? passed(visit) : List.of();
  }

  /** The nearest requests below a function that is called in a context. */
  List<Request> in(int function, Request.Context entry) {
    if (distances[function] == Integer.MAX_VALUE) {
      return List.of();
    }
    return search(function, List.of(), entry.contexts(), 0).stream()
        .flatMap(way -> requests(way, List.of(entry)).stream())
        .toList();
  }

  private static Set<AtomicContext> contexts(List<Request.Context> held) {
    Set<AtomicContext> contexts = new HashSet<>();
    held.forEach(h -> contexts.addAll(h.contexts()));
    return contexts;
  }

  private List<Way> search(
      int function, List<Value> arguments, Set<AtomicContext> contexts, int depth) {
    Question question = new Question(function, arguments, contexts);
    return known.find(question, depth, () -> List.copyOf(look(question, depth)));
  }

  private List<Way> look(Question question, int depth) {
    FunctionSummary summary =
        new FunctionWalk(knowledge, question.function, true, question.arguments, question.contexts)
            .walk();
    List<Leaf> leaves = new ArrayList<>();
    summary.requests().forEach(site -> leaf(site, question.contexts).ifPresent(leaves::add));
    List<Way> ways = new ArrayList<>();
    if (!leaves.isEmpty()) {
      ways.add(new Way(List.of(), question.function, List.copyOf(leaves)));
    }
    record Target(CallSite call, int callee, int candidates) {}
    List<Target> targets = new ArrayList<>();
    for (CallSite call : summary.calls()) {
      Set<Integer> callees = callees(question.function, call);
      for (int callee : callees) {
        if (distances[callee] != Integer.MAX_VALUE) {
          targets.add(new Target(call, callee, callees.size()));
        }
      }
    }
    targets.sort(Comparator.comparingInt(t -> distances[t.callee]));
    for (Target target : targets) {
      for (CallSite.Visit visit : target.call.visits()) {
        if (ways.size() == MOST_WAYS || !isStillIn(question.contexts, visit.surroundings())) {
          continue;
        }
        boolean handsOn = visit.arguments().stream().anyMatch(SleepSearch::isCallersChoice);
        Step step =
            new Step(
                question.function,
                target.call.call(),
                handsOn,
                target.candidates,
                mayBeFree(summary, target.call.callee(), question.contexts));
        for (Way way :
            search(
                target.callee,
                passed(visit, target.callee, target.call),
                question.contexts,
                depth + 1)) {
          if (ways.size() < MOST_WAYS && ways.stream().noneMatch(w -> w.function == way.function)) {
            ways.add(way.below(step));
          }
        }
      }
    }
    return ways;
  }

  /** Whether the same is also called with the caller's lock dropped. */
  private static boolean mayBeFree(
      FunctionSummary summary, String callee, Set<AtomicContext> contexts) {
    return summary.calls().stream()
        .filter(c -> c.callee().equals(callee))
        .flatMap(c -> c.visits().stream())
        .anyMatch(v -> !isStillIn(contexts, v.surroundings()));
  }

  /** Whether something of the caller's context still holds. */
  private static boolean isStillIn(Set<AtomicContext> contexts, Surroundings around) {
    return around.left().isEmpty()
        || contexts.stream().anyMatch(c -> around.left().stream().noneMatch(l -> mayEnd(l, c)));
  }

  /** No unlock is the end of an interrupt, nor of an RCU section. */
  private static boolean mayEnd(LockKind left, AtomicContext context) {
    return switch (context) {
      case HARDIRQ, SOFTIRQ, NMI -> false;
      case RCU_READ -> left == LockKind.RCU;
      default -> true;
    };
  }

  /** A way to this request on which the caller's context still holds and it may sleep. */
  private Optional<Leaf> leaf(RequestSite site, Set<AtomicContext> contexts) {
    for (RequestSite.Visit visit : site.visits()) {
      if (isStillIn(contexts, visit.surroundings())) {
        for (MaskAlternative mask : visit.mask().masks()) {
          if (mask.isConstant() && sleeps(site, visit, mask, contexts)) {
            boolean mayBeFree =
                site.visits().stream().anyMatch(v -> !isStillIn(contexts, v.surroundings()));
            return Optional.of(new Leaf(site, visit, mask, isChoice(site, contexts), mayBeFree));
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

  /** Whether a caller has chosen the mask. */
  static boolean isCallers(MaskAlternative mask) {
    return CALLERS_CHOICE.equals(mask.chosen());
  }

  /** Whether it is a mask that a caller has chosen. */
  static boolean isCallersChoice(Value value) {
    return value instanceof Value.Masks m
        && m.alternatives().stream().anyMatch(a -> CALLERS_CHOICE.equals(a.chosen()));
  }

  /** What a callee can be told of its arguments. */
  static List<Value> passed(CallSite.Visit visit) {
    List<Value> passed = new ArrayList<>(visit.arguments().size());
    int last = 0;
    for (Value value : visit.arguments()) {
      Value told = told(value, visit.surroundings().guards());
      passed.add(told);
      if (!told.equals(Value.UNKNOWN)) {
        last = passed.size();
      }
    }
    return List.copyOf(passed.subList(0, last));
  }

  private static Value told(Value value, List<Guard> guards) {
    if (value instanceof Value.Parameter p) {
      // A condition that led here may have said.
      return guards.contains(Guard.truth(p.index(), true))
          ? Value.number(1)
          : guards.contains(Guard.truth(p.index(), false)) ? Value.number(0) : Value.UNKNOWN;
    }
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

  /** Candidates of the calls through pointers on the way, all told. */
  private static int indirect(Way way) {
    int candidates = 0;
    for (Step step : way.steps) {
      candidates += step.call.callee().isEmpty() ? step.candidates : 0;
    }
    return candidates;
  }

  private List<Request> requests(Way way, List<Request.Context> held) {
    boolean configured = isConfigured(way.function);
    for (Step step : way.steps.subList(Math.min(1, way.steps.size()), way.steps.size())) {
      configured |= isConfigured(step.function);
    }
    boolean mayBeFree = way.steps.stream().anyMatch(Step::mayBeFree);
    List<Request> requests =
        way.leaves.stream()
            .map(
                leaf -> {
                  Request request = request(way, leaf, held);
                  return mayBeFree || leaf.mayBeFree ? request.asUncertain() : request;
                })
            .toList();
    return configured ? requests.stream().map(Request::asChoice).toList() : requests;
  }

  /** Whether the configuration chooses between this and another function of its name. */
  private boolean isConfigured(int function) {
    Program program = knowledge.program();
    int unit = program.unitOf(function);
    return program.resolve(unit, program.name(function)).stream()
        .anyMatch(f -> f != function && program.unitOf(f) == unit);
  }

  /** The request as seen from where its mask is chosen. */
  private static Request request(Way way, Leaf leaf, List<Request.Context> held) {
    int decider = way.steps.size();
    boolean passed = CALLERS_CHOICE.equals(leaf.mask.chosen());
    while (passed && decider > 0) {
      decider--;
      passed = way.steps.get(decider).handsOn;
    }
    List<Request.Hop> hops = new ArrayList<>();
    way.steps.forEach(s -> hops.add(new Request.Hop(s.function, s.call)));
    hops.add(new Request.Hop(way.function, leaf.site.call()));
    Request.Hop at = hops.get(decider);
    return new Request(
        at.function(),
        at.call(),
        leaf.site.api(),
        leaf.mask.mask(),
        CALLERS_CHOICE.equals(leaf.mask.chosen()) ? null : leaf.mask.chosen(),
        Sizes.inBytes(leaf.site.api().size(), leaf.visit.size()),
        RequestPropagation.sizeText(leaf.site),
        List.of(),
        List.of(),
        held,
        List.copyOf(hops.subList(0, decider)),
        List.copyOf(hops.subList(decider + 1, hops.size())),
        leaf.choice,
        indirect(way));
  }
}
