package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.EntryContext;
import org.gfplint.model.Sleeper;
import org.gfplint.program.Program;

/** Finds calls that sleep by themselves, at any depth, below what forbids it. */
final class SleepingCalls {
  private static final Set<String> OF_VMALLOC = Set.of("vmalloc", "kvmalloc");

  /** Functions between the one that takes a lock and the call that sleeps. */
  private static final int MOST_FUNCTIONS = 3;

  /** Assignments between a pointer and the request that it came from. */
  private static final int MOST_ASSIGNMENTS = 3;

  private final Knowledge knowledge;
  private final Program program;
  private final CallGraph graph;
  private final FunctionSummary[] summaries;

  /** Calls between each function and the nearest that sleeps by itself. */
  private final int[] distances;

  /** Contexts in which each callback begins for sure. */
  private final Map<Integer, Set<AtomicContext>> entries = new HashMap<>();

  SleepingCalls(
      Knowledge knowledge, FunctionSummary[] summaries, CallGraph graph, StoredFunctions stored) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.graph = graph;
    this.summaries = summaries;
    List<Integer> sleepers = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (summary.plainCallees().stream().anyMatch(this::sleeps)
          || summary.calls().stream().anyMatch(c -> sleeps(c.callee()))) {
        sleepers.add(summary.function());
      }
    }
    distances = graph.distancesTo(sleepers);
    for (FunctionSummary summary : summaries) {
      for (Registration registration : summary.registrations()) {
        int callback = graph.resolve(program.unitOf(summary.function()), registration.callback());
        if (callback >= 0) {
          enter(callback, registration.entry());
        }
      }
    }
    for (StoredFunctions.Stored each : stored.all()) {
      knowledge
          .contexts()
          .slots(each.place().struct(), each.place().field())
          .forEach(entry -> enter(each.function(), entry));
    }
  }

  private void enter(int callback, EntryContext entry) {
    if (!entry.contexts().isEmpty()) {
      entries.computeIfAbsent(callback, f -> new LinkedHashSet<>()).addAll(entry.contexts());
    }
  }

  private boolean sleeps(String function) {
    return knowledge.contexts().sleepsByItself(function).isPresent();
  }

  List<SleepingCall> find() {
    Set<SleepingCall> found = new LinkedHashSet<>();
    for (FunctionSummary summary : summaries) {
      for (CallSite site : summary.calls()) {
        // What is freed may hang on whether the lock was taken: it must be held on every path.
        if (site.visits().stream().noneMatch(v -> v.surroundings().held().isEmpty())) {
          CallSite.Visit visit = site.visits().get(0);
          List<Request.Context> held =
              RequestPropagation.held(summary.function(), visit.surroundings().held());
          Set<AtomicContext> contexts = contexts(held);
          contexts.addAll(entries.getOrDefault(summary.function(), Set.of()));
          if (sleeps(site.callee())) {
            sleeping(summary.function(), site, List.of(), held, contexts)
                .filter(call -> site.visits().stream().allMatch(v -> isWrong(call, v)))
                .ifPresent(found::add);
          } else if (!site.callee().isEmpty()) {
            List<Request.Hop> way = List.of(new Request.Hop(summary.function(), site.call()));
            below(summary.function(), site, way, held, contexts).ifPresent(found::add);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static Set<AtomicContext> contexts(List<Request.Context> held) {
    Set<AtomicContext> contexts = new LinkedHashSet<>();
    held.forEach(h -> contexts.addAll(h.contexts()));
    return contexts;
  }

  private static boolean isWrong(SleepingCall call, CallSite.Visit visit) {
    Set<AtomicContext> contexts = new LinkedHashSet<>();
    visit.surroundings().held().forEach(h -> contexts.addAll(h.contexts()));
    return call.sleeper().sleepsIn(contexts);
  }

  /** The first call that sleeps in the function called at a site or in one that it calls. */
  private Optional<SleepingCall> below(
      int function,
      CallSite site,
      List<Request.Hop> way,
      List<Request.Context> held,
      Set<AtomicContext> contexts) {
    int callee = graph.resolve(program.unitOf(function), site.callee());
    if (callee < 0
        || distances[callee] > MOST_FUNCTIONS - way.size()
        || LentCalls.hangsOnLastReference(program.facts(callee))) {
      return Optional.empty();
    }
    List<Value> arguments = SleepSearch.passed(site.visits().get(0));
    FunctionSummary summary = new FunctionWalk(knowledge, callee, true, arguments, contexts).walk();
    for (CallSite next : summary.calls()) {
      if (next.visits().stream().anyMatch(v -> !v.surroundings().left().isEmpty())) {
        continue;
      }
      Optional<SleepingCall> found = Optional.empty();
      if (sleeps(next.callee())) {
        found = sleeping(callee, next, way, held, contexts);
      } else if (!next.callee().isEmpty()) {
        List<Request.Hop> longer = new ArrayList<>(way);
        longer.add(new Request.Hop(callee, next.call()));
        found = below(callee, next, longer, held, contexts);
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The call at a site if it sleeps in these contexts. */
  private Optional<SleepingCall> sleeping(
      int function,
      CallSite site,
      List<Request.Hop> way,
      List<Request.Context> held,
      Collection<AtomicContext> contexts) {
    return knowledge
        .contexts()
        .sleepsByItself(site.callee())
        .filter(sleeper -> sleeper.sleepsIn(contexts))
        .filter(sleeper -> !sleeper.onlyVmalloc() || isVmalloc(function, site, sleeper, way))
        .map(sleeper -> new SleepingCall(function, site.call(), held, way, sleeper));
  }

  /** Whether what the call is given may come from vmalloc(). */
  private boolean isVmalloc(int function, CallSite site, Sleeper sleeper, List<Request.Hop> way) {
    int argument = sleeper.argument().orElse(-1);
    int in = function;
    Expr call = site.call();
    for (int hop = way.size() - 1; argument >= 0; hop--) {
      if (argument >= call.arguments().size()) {
        return false;
      }
      Expr pointer = call.arguments().get(argument);
      if (isVmalloc(in, pointer, MOST_ASSIGNMENTS)) {
        return true;
      }
      argument = hop < 0 ? -1 : program.facts(in).parameter(pointer.name());
      if (argument >= 0) {
        in = way.get(hop).function();
        call = way.get(hop).call();
      }
    }
    return false;
  }

  /** Whether some function of the file puts into the same place what may come from vmalloc(). */
  private boolean isVmalloc(int function, Expr pointer, int assignments) {
    boolean field = pointer.is(Expr.Kind.FIELD);
    if (!field && !pointer.is(Expr.Kind.NAME)) {
      return false;
    }
    int unit = program.unitOf(function);
    int first = program.firstFunction(unit);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      if (field || f == function) {
        for (Block block : program.facts(f).blocks()) {
          for (Expr e : block.events()) {
            if (puts(e, pointer) && comesFromVmalloc(f, e.operand(1), assignments)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  private static boolean puts(Expr e, Expr pointer) {
    return e.is(Expr.Kind.ASSIGN)
        && e.operand(0).is(pointer.kind())
        && e.operand(0).name().equals(pointer.name());
  }

  private boolean comesFromVmalloc(int function, Expr value, int assignments) {
    return value.is(Expr.Kind.CALL)
        ? knowledge
            .model()
            .api(value.callee())
            .filter(a -> OF_VMALLOC.contains(a.family()))
            .isPresent()
        : assignments > 1 && isVmalloc(function, value, assignments - 1);
  }
}
