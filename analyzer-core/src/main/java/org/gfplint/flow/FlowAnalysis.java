package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Violation;
import org.gfplint.program.Program;

/** What flow analysis knows of a program under one allocator model; what rules look at. */
public final class FlowAnalysis {
  /** An anomaly and the function it is in. */
  public record FunctionAnomaly(int function, ScopeAnomaly anomaly) {}

  /** A written mask and the function it is in. */
  public record FunctionMaskUse(int function, MaskUse use) {}

  private record Question(AllocationRequest request, ExecutionContext context) {}

  private final Map<Question, List<Violation>> violations = new ConcurrentHashMap<>();

  /** A mask that a file defines and that some function uses. */
  public record MaskDefinition(int unit, String name, Expr value, int line) {}

  private final List<MaskDefinition> maskDefinitions = new ArrayList<>();
  private final Program program;
  private final AllocatorModel model;
  private final List<Request> requests;
  private final List<FunctionAnomaly> anomalies = new ArrayList<>();
  private final List<FunctionMaskUse> maskUses = new ArrayList<>();
  private final List<Inconsistency> inconsistencies;
  private long calls;
  private long allocations;
  private int bounded;

  private FlowAnalysis(
      Program program, AllocatorModel model, TypeSizes sizes, FunctionSummary[] summaries) {
    this.program = program;
    this.model = model;
    ReturnedMasks returnedMasks = new ReturnedMasks(program, model, sizes);
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
    inconsistencies = new Consistency(program, model, returnedMasks, sizes, summaries).find();
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
    FunctionSummary[] summaries = new FunctionSummary[program.functions()];
    TypeSizes sizes = new TypeSizes(program, model);
    ReturnedMasks returnedMasks = new ReturnedMasks(program, model, sizes);
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        workers.add(
            pool.submit(
                () -> {
                  int unit;
                  while ((unit = next.getAndIncrement()) < program.files()) {
                    int first = program.firstFunction(unit);
                    for (int f = first; f < first + program.functionsIn(unit); f++) {
                      summaries[f] =
                          new FunctionWalk(program, model, returnedMasks, sizes, f, false).walk();
                    }
                    onFile.run();
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the analysis was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the analysis of a function failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return new FlowAnalysis(program, model, sizes, summaries);
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

  /** What the model finds wrong with a request; asked once for all that are alike. */
  public List<Violation> violations(AllocationRequest request, ExecutionContext context) {
    return violations.computeIfAbsent(
        new Question(request, context),
        q -> model.violations(request, context, model.evaluate(request, context)));
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
    return inconsistencies;
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
