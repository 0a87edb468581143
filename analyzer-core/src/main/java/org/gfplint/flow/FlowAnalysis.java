package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.gfplint.facts.Expr;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Violation;
import org.gfplint.program.Program;
import org.gfplint.source.Workers;

/** What flow analysis knows of a program under one allocator model; what rules look at. */
public final class FlowAnalysis {
  /** An anomaly and the function it is in. */
  public record FunctionAnomaly(int function, ScopeAnomaly anomaly) {}

  /** A written mask and the function it is in. */
  public record FunctionMaskUse(int function, MaskUse use) {}

  /** How deep helpers that lock for their callers may lie in each other. */
  private static final int MOST_EFFECT_ROUNDS = 5;

  private record Question(AllocationRequest request, ExecutionContext context) {}

  private final Map<Question, List<Violation>> violations = new ConcurrentHashMap<>();

  /** A mask that a file defines and that some function uses. */
  public record MaskDefinition(int unit, String name, Expr value, int line) {}

  private final List<MaskDefinition> maskDefinitions = new ArrayList<>();
  private final Program program;
  private final AllocatorModel model;
  private final boolean realtime;
  private final List<Request> requests;
  private final Supplier<List<Request>> atomicRequests;
  private final List<FunctionAnomaly> anomalies = new ArrayList<>();
  private final List<FunctionMaskUse> maskUses = new ArrayList<>();
  private final Supplier<List<Inconsistency>> inconsistencies;
  private final Supplier<List<ResultUse>> resultUses;
  private long calls;
  private long allocations;
  private int bounded;

  private FlowAnalysis(
      Knowledge knowledge, FunctionSummary[] summaries, List<List<StoredFunction>> tables) {
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.realtime = knowledge.realtime();
    Set<String> threads = new HashSet<>();
    Set<String> constants = new HashSet<>();
    for (FunctionSummary summary : summaries) {
      threads.addAll(summary.threads());
      constants.addAll(summary.maskConstants());
    }
    for (FunctionSummary summary : summaries) {
      calls += summary.callCount();
      allocations += summary.requests().size();
      bounded += summary.bounded() ? 1 : 0;
      int function = summary.function();
      summary.maskUses().forEach(u -> maskUses.add(new FunctionMaskUse(function, u)));
      for (ScopeAnomaly anomaly : summary.anomalies()) {
        if (!endsWithItsThread(anomaly) || !threads.contains(program.name(function))) {
          anomalies.add(new FunctionAnomaly(function, anomaly));
        }
      }
    }
    program.maskConstants(
        constants,
        (unit, name, value, line) ->
            maskDefinitions.add(new MaskDefinition(unit, name, value, line)));
    requests = new RequestPropagation(program, summaries).propagate();
    // What only some rules ask for is not looked for in vain.
    atomicRequests = once(() -> atomicRequests(knowledge, summaries, tables));
    inconsistencies = once(() -> new Consistency(knowledge, summaries).find());
    resultUses = once(() -> new NofailResults(knowledge).find(summaries));
  }

  private List<Request> atomicRequests(
      Knowledge knowledge, FunctionSummary[] summaries, List<List<StoredFunction>> tables) {
    record Site(int function, Expr call, List<Request.Hop> path) {}
    Set<Site> sometimesSafe = new HashSet<>();
    for (Request request : requests) {
      if (request.context().isAtomic() && !sleeps(request.toModel(), request.context())) {
        sometimesSafe.add(new Site(request.function(), request.call(), request.path()));
      }
    }
    List<Request> atomic = new ArrayList<>();
    for (Request request : requests) {
      if (request.context().isAtomic()) {
        Site site = new Site(request.function(), request.call(), request.path());
        atomic.add(sometimesSafe.contains(site) ? request.asChoice() : request);
      }
    }
    StoredFunctions stored = new StoredFunctions(knowledge, tables, summaries);
    CallGraph graph = new CallGraph(program, summaries, stored);
    atomic.addAll(new AtomicRequests(knowledge, summaries, graph, stored, this::sleeps).find());
    return List.copyOf(atomic);
  }

  private static <T> Supplier<T> once(Supplier<T> work) {
    AtomicReference<T> result = new AtomicReference<>();
    return () -> {
      synchronized (result) {
        if (result.get() == null) {
          result.set(work.get());
        }
        return result.get();
      }
    };
  }

  /** A thread's own function may stay in a scope for as long as the thread lives. */
  private static boolean endsWithItsThread(ScopeAnomaly anomaly) {
    return anomaly.kind() == ScopeAnomaly.Kind.IGNORED
        || anomaly.kind() == ScopeAnomaly.Kind.LEFT_OPEN;
  }

  /**
   * Analyses every function of a program; the result does not depend on the number of threads.
   *
   * @param onFile told when a file is done, from any thread
   */
  public static FlowAnalysis analyze(
      Program program, AllocatorModel model, int threads, Runnable onFile) {
    return analyze(program, model, false, threads, onFile);
  }

  /**
   * Analyses every function of a program; the result does not depend on the number of threads.
   *
   * @param realtime whether to judge as a PREEMPT_RT kernel
   * @param onFile told when a file is done, from any thread
   */
  public static FlowAnalysis analyze(
      Program program, AllocatorModel model, boolean realtime, int threads, Runnable onFile) {
    FunctionSummary[] summaries = new FunctionSummary[program.functions()];
    Knowledge knowledge = Knowledge.of(program, model, realtime);
    List<List<StoredFunction>> tables =
        new ArrayList<>(Collections.nCopies(program.files(), List.of()));
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        threads,
        () -> {
          int unit;
          while ((unit = next.getAndIncrement()) < program.files()) {
            int first = program.firstFunction(unit);
            for (int f = first; f < first + program.functionsIn(unit); f++) {
              summaries[f] = new FunctionWalk(knowledge, f, false).walk();
            }
            // Each thread sets elements of its own.
            tables.set(unit, program.fileFacts(unit).stored());
            onFile.run();
          }
          return null;
        });
    Knowledge withLocks = withLockEffects(knowledge, summaries, threads);
    return new FlowAnalysis(withLocks, summaries, tables);
  }

  /** Walks again where a function is called that takes or drops locks for its caller. */
  private static Knowledge withLockEffects(
      Knowledge first, FunctionSummary[] summaries, int threads) {
    Program program = first.program();
    Map<Integer, LockEffect> effects = new HashMap<>();
    Knowledge knowledge = first;
    for (int round = 0; round < MOST_EFFECT_ROUNDS; round++) {
      Set<String> changed = new HashSet<>();
      for (FunctionSummary summary : summaries) {
        // What a primitive does is known, whatever it is made of.
        String name = program.name(summary.function());
        boolean primitive = first.contexts().contextOperation(name).isPresent();
        LockEffect effect = primitive ? LockEffect.NONE : summary.locks();
        LockEffect before = effects.get(summary.function());
        if (effect.isNone() ? before != null : !effect.equals(before)) {
          changed.add(name);
          if (effect.isNone()) {
            effects.remove(summary.function());
          } else {
            effects.put(summary.function(), effect);
          }
        }
      }
      if (changed.isEmpty()) {
        break;
      }
      Knowledge more = first.withEffects(LockEffects.of(program, effects));
      knowledge = more;
      int[] callers =
          IntStream.range(0, summaries.length)
              .filter(f -> summaries[f].callsOneOf(changed))
              .toArray();
      AtomicInteger next = new AtomicInteger();
      Workers.run(
          threads,
          () -> {
            int i;
            while ((i = next.getAndIncrement()) < callers.length) {
              int f = callers[i];
              summaries[f] = new FunctionWalk(more, f, false).walk();
            }
            return null;
          });
    }
    return knowledge;
  }

  public Program program() {
    return program;
  }

  public AllocatorModel model() {
    return model;
  }

  /** Every allocation whose mask is known, once for each way to it that differs. */
  public List<Request> requests() {
    return requests;
  }

  /**
   * Allocations made where nothing may sleep, as far as that is known: those whose function, or
   * whose mask's, enters the context, and of those below each call in a context the nearest that
   * may sleep.
   */
  public List<Request> atomicRequests() {
    return atomicRequests.get();
  }

  /** Whether it may sleep, or cannot even be made without, where that is not allowed. */
  private boolean sleeps(AllocationRequest request, ExecutionContext context) {
    return violations(request, context).stream()
        .anyMatch(
            v ->
                v.kind() == Violation.Kind.SLEEPS_IN_ATOMIC
                    || v.kind() == Violation.Kind.ALLOCATES_IN_RAW_CONTEXT);
  }

  /** What the model finds wrong with a request; asked once for all that are alike. */
  public List<Violation> violations(AllocationRequest request, ExecutionContext context) {
    return violations.computeIfAbsent(
        new Question(request, context),
        q -> {
          ExecutionContext here = realtime ? context.onRealtime() : context;
          return model.violations(request, here, model.evaluate(request, here));
        });
  }

  public List<FunctionAnomaly> anomalies() {
    return anomalies;
  }

  public List<FunctionMaskUse> maskUses() {
    return maskUses;
  }

  public List<MaskDefinition> maskDefinitions() {
    return maskDefinitions;
  }

  public List<Inconsistency> inconsistencies() {
    return inconsistencies.get();
  }

  /** Results of requests that must not fail, where the code takes them for something else. */
  public List<ResultUse> resultUses() {
    return resultUses.get();
  }

  public long calls() {
    return calls;
  }

  /** Calls of allocators. */
  public long allocations() {
    return allocations;
  }

  /** Functions some of whose paths were left out. */
  public int bounded() {
    return bounded;
  }
}
