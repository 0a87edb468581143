package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.model.ContextQuestion;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Redundancy;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.Violation;
import org.gfplint.program.Program;
import org.gfplint.source.Workers;

/** What flow analysis knows of a program under one allocator model; what rules look at. */
public final class FlowAnalysis {
  /** An anomaly and the function it is in. */
  public record FunctionAnomaly(int function, ScopeAnomaly anomaly) {}

  /** A written mask and the function it is in. */
  public record FunctionMaskUse(int function, MaskUse use) {}

  /** How deep helpers that lock, or open scopes, for their callers may lie in each other. */
  private static final int MOST_EFFECT_ROUNDS = 8;

  /** How far from a thread's own function its life-long scope may be opened. */
  private static final int MOST_CALLS_FROM_A_THREAD = 3;

  private record Question(AllocationRequest request, ExecutionContext context) {}

  private final Map<Question, List<Violation>> violations = new ConcurrentHashMap<>();

  /** A mask that a file defines and that some function uses. */
  public record MaskDefinition(int unit, String name, Expr value, int line) {}

  private final List<MaskDefinition> maskDefinitions = new ArrayList<>();
  private final Program program;
  private final AllocatorModel model;
  private final boolean realtime;
  private final Coverage coverage;
  private final List<Request> requests;
  private final Supplier<List<Request>> atomicRequests;
  private final List<FunctionAnomaly> anomalies = new ArrayList<>();
  private final List<FunctionMaskUse> maskUses = new ArrayList<>();
  private final Supplier<List<Inconsistency>> inconsistencies;
  private final Supplier<List<BrokenConvention>> brokenConventions;
  private final Supplier<List<Deadlock>> reclaimDeadlocks;
  private final Supplier<NeedlessMasks> needless;
  private final Supplier<CallerSearch> callers;
  private final Supplier<List<SleepingCall>> sleepingCalls;
  private final Supplier<List<IgnoredMask>> ignoredMasks;
  private final Supplier<List<ResultUse>> resultUses;
  private final Function<IntPredicate, ScopeMap> scopeMap;
  private final IntFunction<List<Request.Hop>> callsTo;
  private final Supplier<List<LostScope>> lostScopes;
  private final Supplier<List<CookieElsewhere>> cookiesElsewhere;
  private final Supplier<CoveredWays> coveredWays;
  private long calls;
  private long allocations;
  private final BitSet boundedFunctions = new BitSet();

  private FlowAnalysis(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      List<List<StoredFunction>> tables) {
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.realtime = knowledge.contexts().isRealtime();
    Set<String> threads = new HashSet<>();
    Set<String> constants = new HashSet<>();
    for (FunctionSummary summary : summaries) {
      threads.addAll(summary.threads());
      constants.addAll(summary.maskConstants());
    }
    for (FunctionSummary summary : summaries) {
      calls += summary.callCount();
      allocations += summary.requests().size();
      if (summary.bounded()) {
        boundedFunctions.set(summary.function());
      }
      int function = summary.function();
      summary.maskUses().forEach(u -> maskUses.add(new FunctionMaskUse(function, u)));
      for (ScopeAnomaly anomaly : summary.anomalies()) {
        if (!endsWithItsThread(anomaly) || !isThreads(function, threads, graph, 0)) {
          anomalies.add(new FunctionAnomaly(function, anomaly));
        }
      }
    }
    program.maskConstants(
        constants,
        (unit, name, value, line) ->
            maskDefinitions.add(new MaskDefinition(unit, name, value, line)));
    coverage = new Coverage(program, model, knowledge.contexts(), summaries, tables, graph);
    requests = covered(new RequestPropagation(program, summaries).propagate(), summaries);
    // What only some rules ask for is not looked for in vain.
    Supplier<StoredFunctions> stored =
        once(() -> new StoredFunctions(knowledge, tables, summaries, graph));
    Supplier<CallGraph> withPointers = once(() -> new CallGraph(program, summaries, stored.get()));
    atomicRequests =
        once(() -> atomicRequests(knowledge, summaries, withPointers.get(), stored.get()));
    inconsistencies = once(() -> new Consistency(knowledge, summaries, stored.get()).find());
    brokenConventions =
        once(() -> new Conventions(program, graph, model, requests, coverage::isGiven).find());
    Supplier<ReclaimLocks> reclaim =
        once(() -> new ReclaimLocks(knowledge, summaries, withPointers.get(), stored.get()));
    reclaimDeadlocks =
        once(
            () ->
                new ReclaimDeadlocks(
                        knowledge,
                        summaries,
                        withPointers.get(),
                        stored.get(),
                        requests,
                        coverage,
                        reclaim.get())
                    .find());
    needless =
        once(
            () ->
                new NeedlessMasks(
                    knowledge,
                    summaries,
                    new KnownWays(knowledge, summaries, graph, stored.get(), tables),
                    tables,
                    requests,
                    () -> reclaim.get().find()));
    callers =
        once(
            () -> new CallerSearch(knowledge, summaries, tables, withPointers.get(), stored.get()));
    sleepingCalls = once(() -> new SleepingCalls(knowledge, summaries, graph, stored.get()).find());
    ignoredMasks = once(() -> new IgnoredMasks(knowledge, requests).find(summaries));
    resultUses = once(() -> new NofailResults(knowledge).find(summaries));
    coveredWays = once(() -> new CoveredWays(program, coverage, summaries));
    lostScopes =
        once(
            () ->
                new LostScopes(knowledge, summaries, tables, graph, coverage, this::narrows)
                    .find());
    cookiesElsewhere =
        once(() -> new CookiesInObjects(knowledge, summaries, graph, stored.get()).find());
    callsTo =
        function ->
            graph.callsTo(function).stream().filter(hop -> hop.call().span() != null).toList();
    scopeMap = wanted -> scopeMap(new ScopeSurvey(knowledge, summaries, graph, threads), wanted);
  }

  /** Whether a request would be another one inside a scope. */
  private boolean narrows(Request request, ScopeKind scope) {
    ExecutionContext inside = ExecutionContext.PROCESS.withScopes(List.of(scope));
    return violations(request.toModel(), inside).stream()
        .anyMatch(v -> v.kind() == Violation.Kind.SCOPE_NARROWS);
  }

  private ScopeMap scopeMap(ScopeSurvey survey, IntPredicate wanted) {
    ScopedRequests requestsInScopes = new ScopedRequests(this, coverage, wanted);
    return new ScopeMap(
        requestsInScopes.fill(survey, survey.find(wanted)),
        requestsInScopes.restricted(),
        requestsInScopes.areas());
  }

  private List<Request> atomicRequests(
      Knowledge knowledge, FunctionSummary[] summaries, CallGraph graph, StoredFunctions stored) {
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
        atomic.add(
            !sometimesSafe.contains(site)
                ? request
                : asksInVain(knowledge, request) ? request.asUncertain() : request.asChoice());
      }
    }
    atomic.addAll(new AtomicRequests(knowledge, summaries, graph, stored, this::sleeps).find());
    WayConditions conditions = new WayConditions(knowledge, graph, coverage::isGiven);
    return atomic.stream()
        .flatMap(
            request ->
                switch (conditions.doubt(request)) {
                  case NONE -> Stream.of(request);
                  case SOME -> Stream.of(request.asUncertain());
                  case CONTRADICTION -> Stream.empty();
                })
        .toList();
  }

  /**
   * Whether the mask hangs on a question that says no in the contexts of the request, as
   * in_interrupt() does under a spinlock: unless a caller is in an interrupt, too, it is wrong.
   */
  private static boolean asksInVain(Knowledge knowledge, Request request) {
    return request.call().arguments().stream()
        .filter(argument -> argument.is(Expr.Kind.CONDITIONAL))
        .flatMap(
            argument -> knowledge.contexts().contextQuestion(argument.operand(0).callee()).stream())
        .anyMatch(
            question -> question.answer(request.context().atomic()) == ContextQuestion.Answer.ZERO);
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

  /** Requests with the scopes that the callers of their functions have open. */
  private List<Request> covered(List<Request> found, FunctionSummary[] summaries) {
    List<Request> result = new ArrayList<>(found.size());
    for (Request request : found) {
      Set<ScopeKind> kinds = coverage.always(request.function(), request.call());
      if (!kinds.isEmpty()) {
        // Whether one that the function leaves comes before the request is not looked at.
        kinds.removeAll(summaries[request.function()].scopes().closedKinds());
      }
      List<Request.Cover> covers = new ArrayList<>();
      for (ScopeKind kind : kinds) {
        covers.addAll(coverage.ways(request.function(), kind));
      }
      result.add(covers.isEmpty() ? request : request.coveredBy(List.copyOf(covers)));
    }
    return List.copyOf(result);
  }

  /** A thread's own function may stay in a scope for as long as the thread lives. */
  private static boolean endsWithItsThread(ScopeAnomaly anomaly) {
    return anomaly.kind() == ScopeAnomaly.Kind.IGNORED
        || anomaly.kind() == ScopeAnomaly.Kind.LEFT_OPEN;
  }

  /** Whether it is what threads run, or only they call it. */
  private boolean isThreads(int function, Set<String> threads, CallGraph graph, int depth) {
    if (threads.contains(program.name(function))) {
      return true;
    }
    int[] callers = graph.callers(function);
    if (depth > MOST_CALLS_FROM_A_THREAD || callers.length == 0) {
      return false;
    }
    for (int caller : callers) {
      if (!isThreads(caller, threads, graph, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Analyses every function of a program; the result does not depend on the number of threads.
   *
   * @param onFile told when a file is done, from any thread
   */
  public static FlowAnalysis analyze(
      Program program, AllocatorModel model, int threads, Runnable onFile) {
    return analyze(program, model, model.contexts(), threads, onFile);
  }

  /**
   * Analyses every function of a program; the result does not depend on the number of threads.
   *
   * @param contexts where nothing may sleep, as far as anybody will ask
   * @param onFile told when a file is done, from any thread
   */
  public static FlowAnalysis analyze(
      Program program, AllocatorModel model, ContextModel contexts, int threads, Runnable onFile) {
    FunctionSummary[] summaries = new FunctionSummary[program.functions()];
    Knowledge knowledge = Knowledge.of(program, model, contexts);
    List<List<StoredFunction>> tables =
        new ArrayList<>(Collections.nCopies(program.files(), List.of()));
    // What the functions of a header do is known to all files from the first, as it is to the
    // compiler: where a helper locks for its callers, that is mostly where it stands.
    walkFiles(knowledge, true, summaries, tables, threads, onFile);
    Knowledge ofHeaders = knowledge.withEffects(EffectTable.none(), EffectTable.none());
    for (FunctionSummary summary : summaries) {
      if (summary != null) {
        noteEffects(ofHeaders, summary);
      }
    }
    walkFiles(ofHeaders, false, summaries, tables, threads, onFile);
    // A second walk knows more at the calls, it does not find others.
    CallGraph graph = new CallGraph(program, summaries);
    Knowledge known = withEffects(knowledge, summaries, graph, threads);
    return new FlowAnalysis(known, summaries, graph, tables);
  }

  /** Walks the functions of all headers, or of all other files. */
  private static void walkFiles(
      Knowledge knowledge,
      boolean headers,
      FunctionSummary[] summaries,
      List<List<StoredFunction>> tables,
      int threads,
      Runnable onFile) {
    Program program = knowledge.program();
    AtomicInteger next = new AtomicInteger();
    Workers.run(
        threads,
        () -> {
          int unit;
          while ((unit = next.getAndIncrement()) < program.files()) {
            if (isHeader(program, unit) == headers) {
              walkInOrder(knowledge, unit, summaries);
              // Each thread sets elements of its own.
              tables.set(unit, Namings.in(program, unit));
              onFile.run();
            }
          }
          return null;
        });
  }

  private static boolean isHeader(Program program, int unit) {
    return program.path(unit).endsWith(".h");
  }

  /** Most helpers stand above those that call them in the same file: these need no second walk. */
  private static void walkInOrder(Knowledge knowledge, int unit, FunctionSummary[] summaries) {
    Program program = knowledge.program();
    Knowledge known =
        knowledge.withEffects(
            EffectTable.above(knowledge.effects()), EffectTable.above(knowledge.scopeEffects()));
    int first = program.firstFunction(unit);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      summaries[f] = new FunctionWalk(known, f, false).walk();
      noteEffects(known, summaries[f]);
    }
  }

  private static void noteEffects(Knowledge known, FunctionSummary summary) {
    LockEffect lock = locks(known, summary);
    if (!lock.isNone()) {
      known.effects().put(known.program(), summary.function(), lock);
    }
    if (!summary.scopes().isNone()) {
      known.scopeEffects().put(known.program(), summary.function(), summary.scopes());
    }
  }

  /** Whether a function's effects were known when one that calls it was first walked. */
  private static boolean wasKnown(Program program, int function, int caller) {
    int unit = program.unitOf(function);
    int calling = program.unitOf(caller);
    return unit == calling
        ? function < caller
        : isHeader(program, unit) && !isHeader(program, calling);
  }

  /** What a function does to locks; what a primitive does is known, whatever it is made of. */
  private static LockEffect locks(Knowledge knowledge, FunctionSummary summary) {
    if (summary.locks().isNone()) {
      return LockEffect.NONE;
    }
    String name = knowledge.program().name(summary.function());
    boolean primitive = knowledge.contexts().contextOperation(name).isPresent();
    return primitive ? LockEffect.NONE : summary.locks();
  }

  /**
   * Walks again where a function is called that takes locks or opens scopes for its caller. The
   * first time each function was walked knowing what stands in headers and above it in its file.
   */
  private static Knowledge withEffects(
      Knowledge first, FunctionSummary[] summaries, CallGraph graph, int threads) {
    Program program = first.program();
    Map<Integer, LockEffect> locks = new HashMap<>();
    Map<Integer, ScopeEffect> scopes = new HashMap<>();
    Knowledge knowledge = first;
    Map<String, List<Integer>> requesters = requesters(summaries);
    BitSet walked = new BitSet();
    walked.set(0, summaries.length);
    for (int round = 0; round < MOST_EFFECT_ROUNDS; round++) {
      BitSet changed = new BitSet();
      for (int function : walked.stream().toArray()) {
        FunctionSummary summary = summaries[function];
        LockEffect lock = locks(first, summary);
        boolean differs = note(locks, function, lock, lock.isNone());
        differs |= note(scopes, function, summary.scopes(), summary.scopes().isNone());
        if (differs) {
          changed.set(function);
        }
      }
      if (changed.isEmpty()) {
        break;
      }
      Knowledge more =
          first.withEffects(EffectTable.of(program, locks), EffectTable.of(program, scopes));
      knowledge = more;
      BitSet again = new BitSet();
      for (int f = changed.nextSetBit(0); f >= 0; f = changed.nextSetBit(f + 1)) {
        for (int caller : graph.callers(f)) {
          if (round > 0 || !wasKnown(program, f, caller)) {
            again.set(caller);
          }
        }
      }
      // Calls of allocators are not in the graph, and some open a scope for their callers.
      changed.stream()
          .filter(f -> !summaries[f].scopes().isNone())
          .mapToObj(f -> requesters.getOrDefault(program.name(f), List.of()))
          .forEach(functions -> functions.forEach(again::set));
      walked = again;
      int[] callers = again.stream().toArray();
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

  /** Functions that call allocators, by the allocator. */
  private static Map<String, List<Integer>> requesters(FunctionSummary[] summaries) {
    Map<String, List<Integer>> requesters = new HashMap<>();
    for (FunctionSummary summary : summaries) {
      for (RequestSite request : summary.requests()) {
        requesters
            .computeIfAbsent(request.call().callee(), n -> new ArrayList<>())
            .add(summary.function());
      }
    }
    return requesters;
  }

  /** Notes what a function does for its callers; whether that is new. */
  private static <E> boolean note(Map<Integer, E> effects, int function, E effect, boolean isNone) {
    E before = isNone ? effects.remove(function) : effects.put(function, effect);
    return isNone ? before != null : !effect.equals(before);
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

  /** What the mask of a request says that its scopes say already. */
  public Optional<Redundancy> redundancy(Request request) {
    return model.redundancy(request.toModel(), request.context());
  }

  /**
   * Whether the masks of requests that one call makes say nothing that the scopes they are always
   * inside of do not say.
   */
  public boolean isRedundant(List<Request> requests) {
    // Of a mask that an allocator implies nothing can go.
    return requests.get(0).api().maskArgument().isPresent()
        && requests.stream().allMatch(this::isRedundant);
  }

  private boolean isRedundant(Request request) {
    return redundancy(request).isPresent()
        && isSureOfScopes(request)
        && !coverage.isLeft(request, request.context().scopes());
  }

  /**
   * The requests that one call makes, with the scopes that every way to them is found to come
   * through if it is looked at which ways can be; empty if that does not make their masks say
   * nothing more than the scopes.
   */
  public List<Request> redundantOnEveryWay(List<Request> requests) {
    // Of a mask that an allocator implies nothing can go.
    if (requests.get(0).api().maskArgument().isEmpty()) {
      return List.of();
    }
    List<Request> found = new ArrayList<>(requests.size());
    for (Request request : requests) {
      Optional<Request> covered = isRedundant(request) ? Optional.of(request) : onEveryWay(request);
      if (covered.isEmpty()) {
        return List.of();
      }
      found.add(covered.get());
    }
    return List.copyOf(found);
  }

  private Optional<Request> onEveryWay(Request request) {
    if (!request.scopes().isEmpty()
        || isBounded(request.function()) && !isMaskWrittenThere(request)) {
      return Optional.empty();
    }
    for (ScopeKind kind : List.of(ScopeKind.NOFS, ScopeKind.NOIO)) {
      ExecutionContext inside = ExecutionContext.PROCESS.withScopes(List.of(kind));
      if (model.redundancy(request.toModel(), inside).isPresent()) {
        return coverage.isLeft(request, List.of(kind))
            ? Optional.empty()
            : coveredWays.get().covers(request, kind).map(request::coveredBy);
      }
    }
    return Optional.empty();
  }

  /** Whether it is inside its scopes on all paths, even if some of the paths were left out. */
  private boolean isSureOfScopes(Request request) {
    return !isBounded(request.function())
        || isMaskWrittenThere(request)
            && coverage.isInside(request.function(), request.call(), request.context().scopes());
  }

  private static boolean isMaskWrittenThere(Request request) {
    return request.chosen() != null && isWithin(request.call().span(), request.chosen());
  }

  private static boolean isWithin(Span outer, Span inner) {
    boolean begins =
        outer.line() < inner.line()
            || outer.line() == inner.line() && outer.column() <= inner.column();
    return begins
        && (inner.line() < outer.endLine()
            || inner.line() == outer.endLine() && inner.column() < outer.endColumn());
  }

  /**
   * The task scopes of some functions; computed anew each time.
   *
   * @param wanted which functions, by number
   */
  public ScopeMap scopes(IntPredicate wanted) {
    return scopeMap.apply(wanted);
  }

  /** Kinds of scope that every call of a function stands inside of. */
  public Set<ScopeKind> alwaysInside(int function) {
    return coverage.always(function);
  }

  /** Whether some paths through a function were left out. */
  public boolean isBounded(int function) {
    return boundedFunctions.get(function);
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

  /** Unrestricted requests among others that restrict themselves. */
  public List<BrokenConvention> brokenConventions() {
    return brokenConventions.get();
  }

  /** Direct calls of a function, in order of the functions that they stand in. */
  public List<Request.Hop> callsTo(int function) {
    return callsTo.apply(function);
  }

  /** Requests made with a lock held that reclaim may wait for on their behalf. */
  public List<Deadlock> reclaimDeadlocks() {
    return reclaimDeadlocks.get();
  }

  /** Requests that spend the reserves where every way to them may sleep. */
  public List<Needless> needlesslyAtomic() {
    return needless.get().atomic();
  }

  /** Requests that keep out of filesystems where no way to them has to do with any. */
  public List<Needless> needlesslyNofs() {
    return needless.get().nofs();
  }

  /** Who calls what. */
  public CallerSearch callers() {
    return callers.get();
  }

  /** Calls of vfree() and its like where nothing may sleep. */
  public List<SleepingCall> sleepingCalls() {
    return sleepingCalls.get();
  }

  /** Requests with a mask of their own in functions that were given one. */
  public List<IgnoredMask> ignoredMasks() {
    return ignoredMasks.get();
  }

  /** Requests that another task makes for one that waits for it inside a scope. */
  public List<LostScope> lostScopes() {
    return lostScopes.get();
  }

  /** Cookies in objects that another function restores, and wrongly. */
  public List<CookieElsewhere> cookiesElsewhere() {
    return cookiesElsewhere.get();
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
    return boundedFunctions.cardinality();
  }
}
