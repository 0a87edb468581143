package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Direct calls between the functions of a program; a name that can mean several is the likeliest.
 */
final class CallGraph {
  private final Program program;
  private final int[][] callees;
  private final int[][] callers;

  /** Calls by name only. */
  CallGraph(Program program, FunctionSummary[] summaries) {
    this(program, summaries, field -> Set.of());
  }

  CallGraph(Program program, FunctionSummary[] summaries, StoredFunctions storedFunctions) {
    this(program, summaries, storedFunctions::inField);
  }

  private CallGraph(
      Program program, FunctionSummary[] summaries, Function<String, Set<Integer>> inField) {
    this.program = program;
    callees = new int[summaries.length][];
    int[] counts = new int[summaries.length];
    Map<String, Integer> resolved = new HashMap<>();
    int unit = -1;
    for (int f = 0; f < summaries.length; f++) {
      if (program.unitOf(f) != unit) {
        unit = program.unitOf(f);
        resolved.clear();
      }
      Set<String> names = new LinkedHashSet<>(summaries[f].plainCallees());
      for (CallSite call : summaries[f].calls()) {
        Expr field = call.callee().isEmpty() ? StoredFunctions.pointer(call.call()) : null;
        names.add(field == null ? call.callee() : "." + field.name());
      }
      int[] found = new int[names.size()];
      int n = 0;
      for (String name : names) {
        if (name.startsWith(".")) {
          for (int stored : inField.apply(name.substring(1))) {
            found = n == found.length ? Arrays.copyOf(found, n + 8) : found;
            found[n++] = stored;
            counts[stored]++;
          }
          continue;
        }
        found = n == found.length ? Arrays.copyOf(found, n + 8) : found;
        int in = unit;
        int callee = name.isEmpty() ? -1 : resolved.computeIfAbsent(name, c -> resolve(in, c));
        if (callee >= 0) {
          found[n++] = callee;
          counts[callee]++;
        }
      }
      callees[f] = Arrays.copyOf(found, n);
    }
    callers = new int[summaries.length][];
    for (int f = 0; f < callers.length; f++) {
      callers[f] = new int[counts[f]];
    }
    for (int f = 0; f < callees.length; f++) {
      for (int callee : callees[f]) {
        callers[callee][--counts[callee]] = f;
      }
    }
    for (int[] each : callers) {
      Arrays.sort(each);
    }
  }

  /** The function that a name means in a file, or -1. */
  int resolve(int unit, String name) {
    List<Integer> candidates = program.resolve(unit, name);
    return candidates.isEmpty() ? -1 : candidates.get(0);
  }

  /** Functions that it calls by name. */
  int[] callees(int function) {
    return callees[function];
  }

  /** A call of one function in another that calls it by name. */
  Request.Hop hop(int caller, int callee) {
    for (Block block : program.facts(caller).blocks()) {
      for (Expr event : block.events()) {
        Expr call = call(program.unitOf(caller), event, callee);
        if (call != null) {
          return new Request.Hop(caller, call);
        }
      }
      Expr condition = block.exit().condition();
      Expr call = condition == null ? null : call(program.unitOf(caller), condition, callee);
      if (call != null) {
        return new Request.Hop(caller, call);
      }
    }
    throw new IllegalArgumentException(
        program.name(caller) + "() does not call " + program.name(callee) + "()");
  }

  private Expr call(int unit, Expr e, int callee) {
    if (!e.callee().isEmpty() && e.span() != null && resolve(unit, e.callee()) == callee) {
      return e;
    }
    for (Expr operand : e.operands()) {
      Expr found = call(unit, operand, callee);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Calls of a function by its name, in order of the functions that they stand in. */
  List<Request.Hop> callsTo(int function) {
    return callsTo(function, Integer.MAX_VALUE);
  }

  /** The same in so many of the functions that call it. */
  List<Request.Hop> callsTo(int function, int most) {
    List<Request.Hop> calls = new ArrayList<>();
    for (int i = 0; i < Math.min(callers[function].length, most); i++) {
      int caller = callers[function][i];
      for (Expr call : Calls.of(program.facts(caller))) {
        if (call.callee().equals(program.name(function))) {
          calls.add(new Request.Hop(caller, call));
        }
      }
    }
    return calls;
  }

  /** Functions that call it by name, in order. */
  int[] callers(int function) {
    return callers[function];
  }

  /**
   * How many calls each function is away from the nearest of {@code targets}.
   *
   * @return 0 for a target, {@link Integer#MAX_VALUE} where there is no way
   */
  int[] distancesTo(List<Integer> targets) {
    int[] distance = new int[callers.length];
    Arrays.fill(distance, Integer.MAX_VALUE);
    int[] queue = new int[callers.length];
    int end = 0;
    for (int target : targets) {
      if (distance[target] != 0) {
        distance[target] = 0;
        queue[end++] = target;
      }
    }
    for (int at = 0; at < end; at++) {
      for (int caller : callers[queue[at]]) {
        if (distance[caller] == Integer.MAX_VALUE) {
          distance[caller] = distance[queue[at]] + 1;
          queue[end++] = caller;
        }
      }
    }
    return distance;
  }
}
