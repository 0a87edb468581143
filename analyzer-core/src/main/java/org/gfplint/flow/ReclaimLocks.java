package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Member;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ReclaimKind;
import org.gfplint.program.Program;

/**
 * Finds the locks that reclaim waits for: everything that is taken, at any depth, below the
 * functions that it calls. This is what lockdep learns as the dependencies of {@code fs_reclaim}.
 */
final class ReclaimLocks {
  private static final int MAX_DEPTH = 7;

  /** Beyond that many functions, what is found has little to do with the callback. */
  private static final int MOST_FUNCTIONS = 600;

  private final Knowledge knowledge;
  private final Program program;
  private final CallGraph graph;
  private final StoredFunctions stored;

  /** Calls to the next lock, by function. */
  private final int[] distances;

  private final Map<Integer, Body> bodies = new HashMap<>();
  private final Map<LockClass, List<Deadlock.Taken>> found = new HashMap<>();

  /** Functions that only reclaim runs, below each of its callbacks. */
  private final Map<Integer, BitSet> below = new HashMap<>();

  private record Lock(Expr call, Expr lock, LockClass lockClass, ReclaimKind needed) {}

  private record Call(Expr call, Set<Integer> callees, ReclaimKind needed) {}

  /** What of a function matters here. */
  private record Body(List<Lock> locks, List<Call> calls) {}

  private record Step(int function, List<Request.Hop> path, ReclaimKind kind, int indirect) {}

  ReclaimLocks(
      Knowledge knowledge, FunctionSummary[] summaries, CallGraph graph, StoredFunctions stored) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.graph = graph;
    this.stored = stored;
    List<Integer> targets = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (!summary.sleepingLocks().isEmpty()) {
        targets.add(summary.function());
      }
    }
    distances = graph.distancesTo(targets);
  }

  /** By class, every way that reclaim comes to take it, the shortest of each callback. */
  Map<LockClass, List<Deadlock.Taken>> find() {
    Set<String> seen = new HashSet<>();
    for (StoredFunctions.Stored each : stored.all()) {
      StoredFunctions.Place place = each.place();
      for (EntryContext entry : knowledge.contexts().slots(place.struct(), place.field())) {
        if (entry.reclaim() != ReclaimKind.NONE
            && entry.contexts().isEmpty()
            && seen.add(each.function() + " " + entry.where())) {
          search(each, entry);
        }
      }
    }
    return found;
  }

  /** Whether a function is only ever called below a callback. */
  boolean isOnlyBelow(int callback, int function) {
    BitSet reached = below.get(callback);
    if (function == callback) {
      return true;
    }
    if (reached == null || !reached.get(function)) {
      return false;
    }
    for (int caller : graph.callers(function)) {
      if (!reached.get(caller)) {
        return false;
      }
    }
    return true;
  }

  private void search(StoredFunctions.Stored callback, EntryContext entry) {
    BitSet reached = below.computeIfAbsent(callback.function(), f -> new BitSet());
    Set<LockClass> mine = new HashSet<>();
    Deque<Step> work = new ArrayDeque<>();
    reached.set(callback.function());
    work.add(new Step(callback.function(), List.of(), entry.reclaim(), 0));
    int functions = 0;
    while (!work.isEmpty() && functions++ < MOST_FUNCTIONS) {
      Step step = work.poll();
      Body body = bodies.computeIfAbsent(step.function, this::body);
      for (Lock lock : body.locks) {
        LockClass lockClass = resolved(lock.lockClass, step.path);
        if (lockClass != null && mine.add(lockClass)) {
          List<Request.Hop> path = longer(step.path, new Request.Hop(step.function, lock.call));
          found
              .computeIfAbsent(lockClass, c -> new ArrayList<>(1))
              .add(taken(callback, entry, step, lock, path));
        }
      }
      if (step.path.size() == MAX_DEPTH) {
        continue;
      }
      for (Call call : body.calls) {
        for (int callee : call.callees) {
          if (isNear(callback.function(), callee) && !reached.get(callee)) {
            reached.set(callee);
            boolean named = !call.call.callee().isEmpty();
            work.add(
                new Step(
                    callee,
                    longer(step.path, new Request.Hop(step.function, call.call)),
                    step.kind.narrower(call.needed),
                    step.indirect + (named ? 0 : call.callees.size())));
          }
        }
      }
    }
  }

  private Deadlock.Taken taken(
      StoredFunctions.Stored callback,
      EntryContext entry,
      Step step,
      Lock lock,
      List<Request.Hop> path) {
    StoredFunctions.Place place = callback.place();
    return new Deadlock.Taken(
        step.kind.narrower(lock.needed),
        entry,
        callback.function(),
        place.function() < 0 ? program.firstFunction(place.unit()) : place.function(),
        place.span(),
        path,
        step.indirect,
        isInInode(step.function, lock.lock));
  }

  private static List<Request.Hop> longer(List<Request.Hop> path, Request.Hop hop) {
    List<Request.Hop> longer = new ArrayList<>(path);
    longer.add(hop);
    return List.copyOf(longer);
  }

  /** A lock that was passed down is what the callers say. */
  private LockClass resolved(LockClass lockClass, List<Request.Hop> path) {
    LockClass known = lockClass;
    for (int i = path.size() - 1; i >= 0 && known != null && known.isParameter(); i--) {
      Request.Hop hop = path.get(i);
      known =
          known.atCall(
              hop.call(), e -> LockClass.of(e, program, types(hop.function()), hop.function()));
    }
    return known == null || known.isParameter() ? null : known;
  }

  /**
   * What lies in quite another part of the kernel may well be called, but what it locks there is no
   * matter of the callback's own.
   */
  private boolean isNear(int callback, int function) {
    if (distances[function] == Integer.MAX_VALUE) {
      return false;
    }
    String from = program.path(program.unitOf(callback));
    String path = program.path(program.unitOf(function));
    return path.endsWith(".h")
        || from.substring(0, from.indexOf('/') + 1)
            .equals(path.substring(0, path.indexOf('/') + 1));
  }

  private Body body(int function) {
    FunctionFacts facts = program.facts(function);
    ReclaimTests tests = new ReclaimTests(knowledge.model(), facts);
    OperandTypes types = types(function);
    List<Lock> locks = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int b = 0; b < facts.blocks().size(); b++) {
      Block block = facts.blocks().get(b);
      ReclaimKind needed = tests.needed(b);
      for (Expr event : block.events()) {
        look(event, function, types, needed, locks, calls);
      }
      if (block.exit().condition() != null) {
        look(block.exit().condition(), function, types, needed, locks, calls);
      }
    }
    return new Body(List.copyOf(locks), List.copyOf(calls));
  }

  private void look(
      Expr e,
      int function,
      OperandTypes types,
      ReclaimKind needed,
      List<Lock> locks,
      List<Call> calls) {
    if (e.is(Expr.Kind.CALL) && e.span() != null) {
      boolean guard = e.callee().equals(FunctionWalk.GUARD_ENTER);
      Optional<ContextOperation> operation =
          guard
              ? knowledge.contexts().guard(e.arguments().get(0).name())
              : knowledge.contexts().contextOperation(e.callee());
      if (operation.isPresent()) {
        int argument = operation.get().lockArgument().orElse(-1) + (guard ? 1 : 0);
        if (argument >= (guard ? 1 : 0)
            && argument < e.arguments().size()
            && operation.get().enters()
            && operation.get().waits()
            && operation.get().lock().isSleepingLock()) {
          Expr lock = e.arguments().get(argument);
          LockClass known = LockClass.of(operation.get(), lock, program, types, function);
          if (known != null) {
            locks.add(new Lock(e, lock, known, needed));
          }
        }
      } else {
        Set<Integer> callees = callees(function, e);
        if (!callees.isEmpty()) {
          calls.add(new Call(e, callees, needed));
        }
      }
    }
    for (Expr operand : e.operands()) {
      look(operand, function, types, needed, locks, calls);
    }
  }

  private Set<Integer> callees(int function, Expr call) {
    if (call.callee().isEmpty()) {
      return stored.calledBy(function, call);
    }
    int callee = graph.resolve(program.unitOf(function), call.callee());
    return callee < 0 ? Set.of() : Set.of(callee);
  }

  private OperandTypes types(int function) {
    return new OperandTypes(
        program.types(), knowledge.sizes(), program.unitOf(function), program.facts(function));
  }

  /** Whether the lock is a part of an inode, of which each has its own. */
  private boolean isInInode(int function, Expr lock) {
    Expr member = lock.isUnary("&") ? lock.operand(0) : lock;
    Expr object = member.is(Expr.Kind.FIELD) ? member.operand(0) : member;
    OperandTypes.Typed typed = types(function).typeOf(object);
    if (typed == null) {
      return false;
    }
    int unit = program.unitOf(function);
    return program
        .types()
        .structBehind(unit, typed.type())
        .map(s -> s.what())
        .filter(
            s ->
                s.tag().equals("inode")
                    || s.members().stream().map(Member::type).anyMatch("struct inode"::equals))
        .isPresent();
  }
}
