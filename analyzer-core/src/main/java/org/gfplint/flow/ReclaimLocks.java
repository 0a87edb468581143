package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Member;
import org.gfplint.facts.StructType;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ReclaimKind;
import org.gfplint.program.Program;
import org.gfplint.program.TypeTable;

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
  private boolean isFound;

  /** Functions that only reclaim runs, below each of its callbacks. */
  private final Map<Integer, BitSet> below = new HashMap<>();

  /** A call that waits for a lock; {@code shielded} if another lock of the same object was free. */
  private record Lock(
      Expr call, Expr lock, LockClass lockClass, int block, ReclaimKind needed, boolean shielded) {}

  /** A call; {@code shielded} if a lock of an object that it is given was free. */
  private record Call(
      Expr call, Set<Integer> callees, int block, ReclaimKind needed, boolean shielded) {}

  /** What of a function matters here. */
  private record Body(List<Lock> locks, List<Call> calls, ReclaimTests tests) {}

  /** {@code unlikely} if fields say that reclaim does not get there. */
  private record Step(
      int function, List<Request.Hop> path, ReclaimKind kind, int indirect, boolean unlikely) {}

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
    if (isFound) {
      return found;
    }
    isFound = true;
    Set<String> seen = new HashSet<>();
    for (StoredFunctions.Stored each : stored.all()) {
      StoredFunctions.Place place = each.place();
      for (EntryContext entry : knowledge.contexts().slots(place.struct(), place.field())) {
        if (entry.reclaim() != ReclaimKind.NONE
            && isCalled(entry, place.unit())
            && seen.add(each.function() + " " + entry.where())) {
          search(each, entry);
        }
      }
    }
    return found;
  }

  /** Whether reclaim calls it, and it may sleep there: the file may say that this is otherwise. */
  private boolean isCalled(EntryContext entry, int unit) {
    return entry.contexts().isEmpty() != stored.mentionsOneOf(unit, entry.unless());
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
    Map<LockClass, Deadlock.Taken> mine = new LinkedHashMap<>();
    Deque<Step> work = new ArrayDeque<>();
    // What reclaim may never get to comes after all that it does get to.
    Deque<Step> later = new ArrayDeque<>();
    work.add(new Step(callback.function(), List.of(), entry.reclaim(), 0, false));
    int functions = 0;
    while (functions < MOST_FUNCTIONS && !(work.isEmpty() && later.isEmpty())) {
      Step step = work.isEmpty() ? later.poll() : work.poll();
      if (reached.get(step.function)) {
        continue;
      }
      reached.set(step.function);
      functions++;
      Body body = bodies.computeIfAbsent(step.function, this::body);
      for (Lock lock : body.locks) {
        LockClass lockClass = resolved(lock.lockClass, step.path);
        if (lockClass != null) {
          Deadlock.Taken before = mine.get(lockClass);
          Deadlock.Taken now = taken(callback, entry, step, body, lock);
          if (before == null || before.unlikely() && !now.unlikely()) {
            mine.put(lockClass, now);
          }
        }
      }
      if (step.path.size() < MAX_DEPTH) {
        goOn(callback.function(), entry, step, body, work, later);
      }
    }
    mine.forEach((c, way) -> found.computeIfAbsent(c, k -> new ArrayList<>(1)).add(way));
  }

  private void goOn(
      int callback, EntryContext entry, Step step, Body body, Deque<Step> work, Deque<Step> later) {
    BitSet reached = below.get(callback);
    for (Call call : body.calls) {
      boolean unlikely =
          step.unlikely || call.shielded || body.tests.needsZero(call.block, entry.nonzero());
      for (int callee : call.callees) {
        boolean named = !call.call.callee().isEmpty();
        if (isNear(callback, callee, named) && !reached.get(callee)) {
          (unlikely ? later : work)
              .add(
                  new Step(
                      callee,
                      longer(step.path, new Request.Hop(step.function, call.call)),
                      step.kind.narrower(call.needed),
                      step.indirect + (named ? 0 : call.callees.size()),
                      unlikely));
        }
      }
    }
  }

  private Deadlock.Taken taken(
      StoredFunctions.Stored callback, EntryContext entry, Step step, Body body, Lock lock) {
    List<Request.Hop> path = longer(step.path, new Request.Hop(step.function, lock.call));
    StoredFunctions.Place place = callback.place();
    return new Deadlock.Taken(
        step.kind.narrower(lock.needed),
        entry,
        callback.function(),
        place.function() < 0 ? program.firstFunction(place.unit()) : place.function(),
        place.span(),
        path,
        step.indirect,
        step.unlikely
            || entry.elsewhere()
            || lock.shielded
            || body.tests.needsZero(lock.block, entry.nonzero())
            || isInInode(step.function, lock.lock));
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
   * matter of the callback's own. Through a pointer, a driver calls itself, not another driver.
   */
  private boolean isNear(int callback, int function, boolean named) {
    if (distances[function] == Integer.MAX_VALUE) {
      return false;
    }
    String from = program.path(program.unitOf(callback));
    String path = program.path(program.unitOf(function));
    if (!named) {
      String there = path.substring(0, path.lastIndexOf('/') + 1);
      return from.startsWith(there)
          || path.startsWith(from.substring(0, from.lastIndexOf('/') + 1));
    }
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
      for (Expr event : block.events()) {
        look(event, function, types, b, tests, locks, calls);
      }
      if (block.exit().condition() != null) {
        look(block.exit().condition(), function, types, b, tests, locks, calls);
      }
    }
    return new Body(List.copyOf(locks), List.copyOf(calls), tests);
  }

  private void look(
      Expr e,
      int function,
      OperandTypes types,
      int block,
      ReclaimTests tests,
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
            // Who still has a reference is not there to be waited for.
            boolean shielded =
                operation.get().taken() == ContextOperation.Taken.IF_NON_ZERO && !guard
                    || tests.needsTrylock(block, ReclaimTests.object(lock), knowledge.contexts());
            locks.add(new Lock(e, lock, known, block, tests.needed(block), shielded));
          }
        }
      } else {
        Set<Integer> callees = callees(function, e);
        if (!callees.isEmpty()) {
          boolean shielded =
              e.arguments().stream()
                  .filter(a -> a.is(Expr.Kind.NAME))
                  .anyMatch(a -> tests.needsTrylock(block, a.name(), knowledge.contexts()));
          calls.add(new Call(e, callees, block, tests.needed(block), shielded));
        }
      }
    }
    for (Expr operand : e.operands()) {
      look(operand, function, types, block, tests, locks, calls);
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
    Expr member = lock.behindAddress();
    Expr object = member.is(Expr.Kind.FIELD) ? member.operand(0) : member;
    OperandTypes.Typed typed = types(function).typeOf(object);
    if (typed == null) {
      return false;
    }
    int unit = program.unitOf(function);
    return hasInode(unit, typed.type(), 0);
  }

  private boolean hasInode(int unit, String type, int depth) {
    TypeTable.Defined<StructType> struct = program.types().structBehind(unit, type).orElse(null);
    return struct != null
        && (struct.what().tag().equals("inode")
            || depth < 2
                && struct.what().members().stream()
                    .map(Member::type)
                    .anyMatch(
                        t ->
                            t.startsWith("struct ")
                                && !t.endsWith("*")
                                && hasInode(struct.unit(), t, depth + 1)));
  }
}
