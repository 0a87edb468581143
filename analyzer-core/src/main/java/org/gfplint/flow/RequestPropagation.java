package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocatorApi;
import org.gfplint.program.Program;

/**
 * Finds the mask of every allocation. Where it comes from a parameter, the callers decide: the
 * request then moves up to each of them, along direct calls, until somebody names the mask. What
 * was entered on the way, scopes and contexts, goes with it.
 */
final class RequestPropagation {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_PENDING_PER_FUNCTION = 64;
  private static final String NOPROF = "_noprof";

  /** A request whose mask a function's callers decide on. */
  private record Pending(
      int function,
      AllocatorApi api,
      MaskAlternative mask,
      Value size,
      List<Expr> sizeText,
      List<Guard> guards,
      List<Request.Scope> scopes,
      List<Request.Context> held,
      boolean left,
      List<Request.Hop> path) {

    /** What tells two requests apart; how they are reached does not. */
    record Key(
        String api,
        int parameter,
        long keep,
        long add,
        Value size,
        List<Guard> guards,
        boolean atomic,
        boolean left) {}

    Key key() {
      return new Key(
          api.name(),
          mask.parameter(),
          mask.keep().bits(),
          mask.add().bits(),
          size,
          guards,
          !held.isEmpty(),
          left);
    }
  }

  /** A call of some name, and the function it stands in. */
  private record Caller(int function, CallSite site) {}

  private final Program program;
  private final FunctionSummary[] summaries;
  private final Map<String, List<Caller>> callers = new HashMap<>();
  private final Map<Integer, Set<Pending.Key>> known = new HashMap<>();
  private final Deque<Pending> work = new ArrayDeque<>();
  private final Set<Request> requests = new LinkedHashSet<>();

  RequestPropagation(Program program, FunctionSummary[] summaries) {
    this.program = program;
    this.summaries = summaries;
  }

  /** Every request with a known mask, in order of the functions that decide on it. */
  List<Request> propagate() {
    for (FunctionSummary summary : summaries) {
      for (CallSite call : summary.calls()) {
        if (!call.callee().isEmpty()) {
          callers
              .computeIfAbsent(call.callee(), c -> new ArrayList<>(2))
              .add(new Caller(summary.function(), call));
        }
      }
    }
    for (FunctionSummary summary : summaries) {
      summary.requests().forEach(site -> direct(summary.function(), site));
    }
    while (!work.isEmpty()) {
      moveUp(work.poll());
    }
    return List.copyOf(requests);
  }

  private void direct(int function, RequestSite site) {
    List<Expr> sizeText = sizeText(site);
    for (RequestSite.Visit visit : site.visits()) {
      List<Request.Scope> scopes = scopes(function, visit.surroundings().scopes());
      List<Request.Context> held = held(function, inside(site, visit.surroundings().held()));
      for (MaskAlternative mask : visit.mask().masks()) {
        if (mask.isConstant()) {
          requests.add(
              new Request(
                  function,
                  site.call(),
                  site.api(),
                  mask.mask(),
                  mask.chosen(),
                  Sizes.inBytes(site.api().size(), visit.size()),
                  sizeText,
                  scopes,
                  List.of(),
                  held,
                  List.of(),
                  List.of(),
                  false,
                  0));
        } else {
          enqueue(
              new Pending(
                  function,
                  site.api(),
                  mask,
                  visit.size(),
                  sizeText,
                  joined(visit.surroundings().guards(), mask.guards()),
                  scopes,
                  held,
                  !visit.surroundings().left().isEmpty(),
                  List.of(new Request.Hop(function, site.call()))));
        }
      }
    }
  }

  static List<Expr> sizeText(RequestSite site) {
    List<Expr> arguments = site.call().arguments();
    return site.api().size().arguments().stream()
        .filter(i -> i < arguments.size())
        .map(arguments::get)
        .toList();
  }

  private static List<Guard> joined(List<Guard> one, List<Guard> other) {
    Set<Guard> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static List<Request.Scope> scopes(int function, List<OpenScope> open) {
    return open.stream().map(s -> Request.Scope.of(function, s)).toList();
  }

  /** What is still held while the allocator sleeps: some drop the lock of the tree they fill. */
  private static List<Held> inside(RequestSite site, List<Held> held) {
    if (!site.api().dropsLock() || held.isEmpty()) {
      return held;
    }
    return held.subList(0, held.size() - 1);
  }

  static List<Request.Context> held(int function, List<Held> held) {
    return held.stream().map(h -> Request.Context.of(function, h)).toList();
  }

  private void enqueue(Pending pending) {
    Set<Pending.Key> keys = known.computeIfAbsent(pending.function, f -> new HashSet<>());
    if (pending.path.size() <= MAX_DEPTH
        && keys.size() < MAX_PENDING_PER_FUNCTION
        && keys.add(pending.key())) {
      work.add(pending);
    }
  }

  private void moveUp(Pending pending) {
    String name = program.name(pending.function);
    callersOf(name, pending);
    if (name.endsWith(NOPROF)) {
      callersOf(name.substring(0, name.length() - NOPROF.length()), pending);
    }
  }

  private void callersOf(String name, Pending pending) {
    for (Caller caller : callers.getOrDefault(name, List.of())) {
      List<Integer> candidates = program.resolve(program.unitOf(caller.function), name);
      if (!candidates.isEmpty() && candidates.get(0) == pending.function) {
        caller.site.visits().forEach(visit -> instantiate(pending, caller, visit));
      }
    }
  }

  private void instantiate(Pending pending, Caller caller, CallSite.Visit visit) {
    Value argument = argument(visit, pending.mask.parameter());
    Value size =
        pending.size instanceof Value.Parameter p ? argument(visit, p.index()) : pending.size;
    List<Request.Scope> scopes =
        new ArrayList<>(scopes(caller.function, visit.surroundings().scopes()));
    scopes.addAll(pending.scopes);
    List<Request.Context> held = new ArrayList<>();
    if (!pending.left) {
      held.addAll(held(caller.function, visit.surroundings().held()));
    }
    held.addAll(pending.held);
    boolean left = pending.left || !visit.surroundings().left().isEmpty();
    for (MaskAlternative passed : argument.masks()) {
      List<Guard> guards = new ArrayList<>();
      if (!admits(pending, visit, passed, guards)) {
        continue;
      }
      MaskAlternative mask = pending.mask.applied(passed);
      if (mask.isConstant()) {
        requests.add(
            new Request(
                caller.function,
                caller.site.call(),
                pending.api,
                mask.mask(),
                mask.chosen(),
                Sizes.inBytes(pending.api.size(), size),
                pending.sizeText,
                List.copyOf(scopes),
                List.of(),
                List.copyOf(held),
                List.of(),
                pending.path,
                false,
                0));
      } else {
        List<Request.Hop> path = new ArrayList<>();
        path.add(new Request.Hop(caller.function, caller.site.call()));
        path.addAll(pending.path);
        enqueue(
            new Pending(
                caller.function,
                pending.api,
                mask,
                size,
                pending.sizeText,
                joined(joined(guards, visit.surroundings().guards()), mask.guards()),
                List.copyOf(scopes),
                List.copyOf(held),
                left,
                List.copyOf(path)));
      }
    }
  }

  private static Value argument(CallSite.Visit visit, int index) {
    return index < visit.arguments().size() ? visit.arguments().get(index) : Value.UNKNOWN;
  }

  /**
   * Whether the path to the request can be taken with these arguments; what the caller's own
   * parameters must be for it is added to {@code translated}.
   */
  private static boolean admits(
      Pending pending, CallSite.Visit visit, MaskAlternative passed, List<Guard> translated) {
    for (Guard guard : pending.guards) {
      boolean ofMask = guard.parameter() == pending.mask.parameter();
      Value argument = argument(visit, guard.parameter());
      if (ofMask && passed.isConstant()) {
        if (!guard.admits(passed.mask())) {
          return false;
        }
      } else if (argument instanceof Value.Parameter p) {
        translated.add(guard.onParameter(p.index()));
      } else if (argument instanceof Value.Range r && guard.asksForTruth()) {
        boolean known = r.min() > 0 || r.max() < 0 || r.min() == 0 && r.max() == 0;
        if (known && (r.min() != 0) != guard.expected()) {
          return false;
        }
      }
    }
    return true;
  }
}
