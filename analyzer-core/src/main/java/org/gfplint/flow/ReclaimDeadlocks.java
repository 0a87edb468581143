package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gfplint.facts.Expr;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.ReclaimKind;
import org.gfplint.model.ScopeKind;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Finds requests that are made with a lock held which reclaim, on behalf of the same request, may
 * wait for. Only functions that have to do with a lock which reclaim takes are looked at again.
 */
final class ReclaimDeadlocks {
  /** How deep helpers that lock for their callers may lie in each other. */
  private static final int MOST_ROUNDS = 3;

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final StoredFunctions stored;
  private final List<Request> requests;
  private final Coverage coverage;
  private final ReclaimLocks reclaim;
  private Map<LockClass, List<Deadlock.Taken>> taken = Map.of();
  private Map<Request.Hop, List<Request>> handedOn;
  private final Set<Deadlock> found = new LinkedHashSet<>();

  /**
   * A search.
   *
   * @param requests all whose mask is known
   * @param coverage scopes that the callers of functions have open
   * @param reclaim locks that reclaim takes
   */
  ReclaimDeadlocks(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      StoredFunctions stored,
      List<Request> requests,
      Coverage coverage,
      ReclaimLocks reclaim) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    this.stored = stored;
    this.requests = requests;
    this.coverage = coverage;
    this.reclaim = reclaim;
  }

  /** In order of the functions that hold the locks. */
  List<Deadlock> find() {
    taken = reclaim.find();
    if (taken.isEmpty()) {
      return List.of();
    }
    TreeSet<Integer> lockers = lockers();
    Map<Integer, FunctionSummary> walked = new TreeMap<>();
    Map<Integer, LockEffect> effects = new HashMap<>();
    Knowledge sleeping = knowledge.withSleepingLocks(knowledge.effects());
    Set<Integer> next = lockers;
    for (int round = 0; round <= MOST_ROUNDS && !next.isEmpty(); round++) {
      Set<Integer> callers = new TreeSet<>();
      for (int f : next) {
        FunctionSummary summary = new FunctionWalk(sleeping, f, true).walk();
        walked.put(f, summary);
        LockEffect effect = summary.locks();
        boolean primitive = knowledge.contexts().contextOperation(program.name(f)).isPresent();
        if (!primitive && !effect.equals(effects.getOrDefault(f, LockEffect.NONE))) {
          effects.put(f, effect);
          for (int caller : graph.callers(f)) {
            callers.add(caller);
          }
        }
      }
      sleeping = knowledge.withSleepingLocks(knowledge.effects().with(program, effects));
      next = callers;
    }
    List<Integer> targets = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (!summary.requests().isEmpty()) {
        targets.add(summary.function());
      }
    }
    ReclaimSearch search = new ReclaimSearch(sleeping, graph, stored, graph.distancesTo(targets));
    walked.values().forEach(summary -> look(summary, search));
    return List.copyOf(found);
  }

  /** Functions that take or drop a lock which reclaim takes. */
  private TreeSet<Integer> lockers() {
    Set<String> words = new HashSet<>();
    taken.keySet().forEach(c -> words.add(c.lastWord()));
    TreeSet<Integer> lockers = new TreeSet<>();
    for (FunctionSummary summary : summaries) {
      int function = summary.function();
      if (summary.sleepingLocks().stream().anyMatch(words::contains) && handles(function)) {
        lockers.add(function);
      }
    }
    return lockers;
  }

  private boolean handles(int function) {
    OperandTypes types =
        new OperandTypes(
            program.types(), knowledge.sizes(), program.unitOf(function), program.facts(function));
    for (Expr call : Calls.of(program.facts(function))) {
      boolean guard = call.callee().equals(FunctionWalk.GUARD_ENTER);
      Optional<ContextOperation> operation =
          guard
              ? knowledge.contexts().guard(call.arguments().get(0).name())
              : knowledge.contexts().contextOperation(call.callee());
      int argument = operation.flatMap(o -> boxed(o, guard)).orElse(-1);
      if (argument >= 0 && argument < call.arguments().size()) {
        LockClass known =
            LockClass.of(operation.get(), call.arguments().get(argument), program, types, function);
        if (known != null && (known.isParameter() || taken.containsKey(known))) {
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Integer> boxed(ContextOperation operation, boolean guard) {
    return operation.contexts().isEmpty() && operation.lockArgument().isPresent()
        ? Optional.of(operation.lockArgument().getAsInt() + (guard ? 1 : 0))
        : Optional.empty();
  }

  private void look(FunctionSummary summary, ReclaimSearch search) {
    int function = summary.function();
    if (program.isInit(function)) {
      return;
    }
    Set<ScopeKind> outer = coverage.always(function);
    for (RequestSite site : summary.requests()) {
      for (RequestSite.Visit visit : site.visits()) {
        for (Held held : visit.surroundings().held()) {
          for (Deadlock.Taken way : ways(function, held)) {
            direct(function, site, visit, held, way, outer, search);
          }
        }
      }
    }
    for (CallSite site : summary.calls()) {
      for (CallSite.Visit visit : site.visits()) {
        for (Held held : visit.surroundings().held()) {
          for (Deadlock.Taken way : ways(function, held)) {
            search
                .below(function, site, visit, outer, way.kind(), context(function, held))
                .ifPresent(
                    r ->
                        found.add(
                            new Deadlock(
                                r, held.lockClass(), way, isUsuallySafe(function, r, way))));
          }
        }
      }
    }
  }

  /** Whether a scope keeps the request out of that reclaim for all callers that are seen. */
  private boolean isUsuallySafe(int function, Request request, Deadlock.Taken way) {
    Set<ScopeKind> scopes = EnumSet.noneOf(ScopeKind.class);
    scopes.addAll(coverage.usually(function));
    request.scopes().forEach(s -> scopes.add(s.kind()));
    ExecutionContext context = ExecutionContext.PROCESS.withScopes(List.copyOf(scopes));
    return !knowledge.model().mayEnter(way.kind(), request.toModel(), context);
  }

  private static List<Request.Context> context(int function, Held held) {
    return RequestPropagation.held(function, List.of(held));
  }

  private void direct(
      int function,
      RequestSite site,
      RequestSite.Visit visit,
      Held held,
      Deadlock.Taken way,
      Set<ScopeKind> outer,
      ReclaimSearch search) {
    Set<ScopeKind> scopes = new LinkedHashSet<>(outer);
    visit.surroundings().scopes().forEach(s -> scopes.add(s.kind()));
    boolean choice = visit.mask().masks().size() > 1;
    for (MaskAlternative mask : visit.mask().masks()) {
      if (!mask.isConstant()) {
        chosenByCallers(function, site, held, way);
      } else if (search.mayEnter(site, visit, mask, scopes, way.kind())) {
        Request request =
            new Request(
                function,
                site.call(),
                site.api(),
                mask.mask(),
                mask.chosen(),
                Sizes.inBytes(site.api().size(), visit.size()),
                RequestPropagation.sizeText(site),
                visit.surroundings().scopes().stream()
                    .map(s -> Request.Scope.of(function, s))
                    .toList(),
                List.of(),
                context(function, held),
                List.of(),
                List.of(),
                choice,
                0);
        found.add(
            new Deadlock(request, held.lockClass(), way, isUsuallySafe(function, request, way)));
      }
    }
  }

  /** The mask is a parameter's: those of the callers were found before. */
  private void chosenByCallers(int function, RequestSite site, Held held, Deadlock.Taken way) {
    if (handedOn == null) {
      handedOn = new HashMap<>();
      for (Request request : requests) {
        if (!request.path().isEmpty()) {
          handedOn
              .computeIfAbsent(
                  request.path().get(request.path().size() - 1), h -> new ArrayList<>(1))
              .add(request);
        }
      }
    }
    for (Request request :
        handedOn.getOrDefault(new Request.Hop(function, site.call()), List.of())) {
      ExecutionContext context = request.context();
      if (knowledge.model().mayEnter(way.kind(), request.toModel(), context)) {
        found.add(
            new Deadlock(
                request.heldIn(context(function, held)),
                held.lockClass(),
                way,
                isUsuallySafe(function, request, way)));
      }
    }
  }

  /** How reclaim comes to take what is held, the plainest way for each kind of reclaim. */
  private List<Deadlock.Taken> ways(int function, Held held) {
    if (held.lockClass() == null) {
      return List.of();
    }
    Map<ReclaimKind, Deadlock.Taken> plainest = new TreeMap<>();
    for (Deadlock.Taken way : taken.getOrDefault(held.lockClass(), List.of())) {
      if (concerns(function, held.lockClass(), way)
          && !(isRunByReclaimOnly(way) && reclaim.isOnlyBelow(way.callback(), function))) {
        plainest.merge(way.kind(), way, ReclaimDeadlocks::plainer);
      }
    }
    return List.copyOf(plainest.values());
  }

  private static Deadlock.Taken plainer(Deadlock.Taken one, Deadlock.Taken other) {
    Comparator<Deadlock.Taken> order =
        Comparator.comparing((Deadlock.Taken t) -> t.unlikely())
            .thenComparing(t -> t.entry().certainty())
            .thenComparing(t -> t.indirect())
            .thenComparing(t -> t.path().size())
            .thenComparing(t -> t.callback());
    return order.compare(other, one) < 0 ? other : one;
  }

  /** Reclaim runs such callbacks with PF_MEMALLOC, so that nothing in them reclaims again. */
  private static boolean isRunByReclaimOnly(Deadlock.Taken way) {
    return way.kind() == ReclaimKind.DIRECT;
  }

  /**
   * A lock of a driver's or filesystem's own is the same for all who take it. One that the kernel's
   * common headers define is a matter of those parts that have to do with each other.
   */
  private boolean concerns(int holder, LockClass lock, Deadlock.Taken way) {
    if (!lock.home().startsWith("include/") && !lock.home().isEmpty()) {
      return true;
    }
    String here = directory(holder);
    return way.path().stream().anyMatch(hop -> related(here, directory(hop.function())));
  }

  private String directory(int function) {
    String path = program.path(program.unitOf(function));
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static boolean related(String one, String other) {
    return one.equals(other)
        || one.startsWith(other) && deep(other)
        || other.startsWith(one) && deep(one);
  }

  private static boolean deep(String directory) {
    return directory.indexOf('/') != directory.lastIndexOf('/');
  }
}
