package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Program;

/**
 * Unrestricted requests where all others on the same paths of a file restrict themselves: those of
 * the functions that are called before or after it, and those on the ways there.
 */
final class Conventions {
  /** Callers that are looked at; where there are more, nothing is said. */
  private static final int MOST_CALLERS = 40;

  /** How far a restricted request may be below the function that calls for it. */
  private static final int MAX_DEPTH = 2;

  /** Fewer functions with restricted requests than these are no convention. */
  private static final int FEWEST = 3;

  private final Program program;
  private final CallGraph graph;
  private final AllocatorModel model;

  /** Whether a function is named other than to call it. */
  private final IntPredicate given;

  private final Map<Integer, List<Request>> restricted = new HashMap<>();
  private final Map<Integer, List<Request>> wide = new TreeMap<>();

  /** Restricted requests that a function calls for in its file, with the calls. */
  private final Map<Integer, List<Neighbour>> below = new HashMap<>();

  private record Neighbour(Request.Hop call, Request request) {}

  Conventions(
      Program program,
      CallGraph graph,
      AllocatorModel model,
      List<Request> requests,
      IntPredicate given) {
    this.program = program;
    this.graph = graph;
    this.model = model;
    this.given = given;
    for (Request request : requests) {
      boolean free =
          request.chosen() != null
              && request.call().span() != null
              && request.scopes().isEmpty()
              && request.covers().isEmpty()
              && !request.choice();
      GfpMask mask = request.mask();
      if (free && model.avoidsFilesystems(mask)) {
        restricted.computeIfAbsent(request.function(), f -> new ArrayList<>(1)).add(request);
      } else if (free && model.entersFilesystems(mask)) {
        wide.computeIfAbsent(request.function(), f -> new ArrayList<>(1)).add(request);
      }
    }
  }

  List<BrokenConvention> find() {
    List<BrokenConvention> found = new ArrayList<>();
    wide.forEach(
        (function, requests) -> {
          List<Neighbour> near = isOwn(function) ? near(function, requests) : List.of();
          Set<Integer> kept = near.isEmpty() ? Set.of() : convention(function);
          if (kept.size() >= FEWEST) {
            Neighbour first = near.get(0);
            for (Request request : requests) {
              found.add(
                  new BrokenConvention(
                      function,
                      request.call(),
                      request.mask(),
                      first.call,
                      first.request.function(),
                      first.request.call(),
                      first.request.mask(),
                      kept.size()));
            }
          }
        });
    return List.copyOf(found);
  }

  /** Whether only its own file calls it, and not when it is loaded. */
  private boolean isOwn(int function) {
    return program.linkage(function) == Linkage.STATIC
        && !program.path(program.unitOf(function)).endsWith(".h")
        && !program.isInit(function)
        && !given.test(function)
        && graph.callers(function).length > 0;
  }

  /** Restricted requests that a function calls for on the same paths as its own. */
  private List<Neighbour> near(int function, List<Request> own) {
    List<Neighbour> below = below(function);
    if (below.isEmpty()) {
      // As of most functions, whose facts need not be unpacked then.
      return List.of();
    }
    FunctionFacts facts = program.facts(function);
    BitSet[] reach = Consistency.reachability(facts.blocks());
    WayConditions.Place here = WayConditions.place(facts, own.get(0).call());
    List<Neighbour> near = new ArrayList<>();
    for (Neighbour neighbour : below) {
      WayConditions.Place there = WayConditions.place(facts, neighbour.call.call());
      if (there != null && here != null) {
        int a = there.block();
        int b = here.block();
        if (a == b || reach[a].get(b) || reach[b].get(a)) {
          near.add(neighbour);
        }
      }
    }
    return near;
  }

  /** Restricted requests of functions in the same file that a function calls. */
  private List<Neighbour> below(int function) {
    return below.computeIfAbsent(
        function,
        f -> {
          List<Neighbour> found = new ArrayList<>();
          for (int callee : calleesInFile(f)) {
            Request request = restricted(callee, 1);
            if (request != null) {
              found.add(new Neighbour(graph.hop(f, callee), request));
            }
          }
          return List.copyOf(found);
        });
  }

  /** One that a function makes, or calls for, where it makes no other. */
  private Request restricted(int function, int depth) {
    if (wide.containsKey(function)) {
      return null;
    }
    List<Request> own = restricted.get(function);
    if (own != null) {
      return own.get(0);
    }
    if (depth < MAX_DEPTH) {
      for (int callee : calleesInFile(function)) {
        Request request = restricted(callee, depth + 1);
        if (request != null) {
          return request;
        }
      }
    }
    return null;
  }

  /**
   * Functions with restricted requests below a function and on the ways to it, if no other way is
   * known.
   *
   * @return empty if somebody near a way makes other requests, or the ways are not all seen
   */
  private Set<Integer> convention(int function) {
    Set<Integer> kept = new LinkedHashSet<>();
    boolean above = false;
    Set<Integer> seen = new LinkedHashSet<>();
    seen.add(function);
    Deque<Integer> work = new ArrayDeque<>(seen);
    while (!work.isEmpty()) {
      int f = work.poll();
      if (program.linkage(f) != Linkage.STATIC || program.isInit(f) || isMixed(f)) {
        return Set.of();
      }
      if (restricted.containsKey(f)) {
        kept.add(f);
      }
      below(f).forEach(n -> kept.add(n.request.function()));
      above |=
          f != function
              && !wide.containsKey(f)
              && (restricted.containsKey(f) || !below(f).isEmpty());
      for (int caller : graph.callers(f)) {
        if (program.unitOf(caller) != program.unitOf(f) || seen.size() > MOST_CALLERS) {
          return Set.of();
        }
        if (seen.add(caller)) {
          work.add(caller);
        }
      }
    }
    return above ? kept : Set.of();
  }

  /** Whether it, or what it calls in its file, makes unrestricted requests among no others. */
  private boolean isMixed(int function) {
    return isWideAlone(function)
        || Arrays.stream(calleesInFile(function)).anyMatch(this::isWideAlone);
  }

  private boolean isWideAlone(int function) {
    return wide.containsKey(function) && below(function).isEmpty();
  }

  /** What a function calls in its file, itself left out. */
  private int[] calleesInFile(int function) {
    return Arrays.stream(graph.callees(function))
        .filter(callee -> callee != function && program.unitOf(callee) == program.unitOf(function))
        .toArray();
  }
}
