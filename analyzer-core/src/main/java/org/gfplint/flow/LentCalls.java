package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/** Functions that a call lends to its callee, which calls them before it returns. */
final class LentCalls {
  /** How far a function is handed on. */
  private static final int MAX_DEPTH = 2;

  private final Program program;
  private final CallGraph graph;

  /** Parameters, as bits, that a function calls. */
  private final Map<Integer, Long> called = new HashMap<>();

  private final FunctionSummary[] summaries;

  LentCalls(Program program, FunctionSummary[] summaries, CallGraph graph) {
    this.program = program;
    this.summaries = summaries;
    this.graph = graph;
  }

  /** Functions named in a call that what is called there calls. */
  Set<Integer> lentTo(int callee, int caller, Expr call) {
    Set<Integer> lent = Set.of();
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr argument = call.arguments().get(i);
      Expr named = argument.behindAddress();
      if (!named.is(Expr.Kind.NAME)
          || named.span() != null
          || !program.isFunction(named.name())
          || program.facts(caller).declares(named.name())
          || !calls(callee, i)) {
        continue;
      }
      int function = graph.resolve(program.unitOf(caller), named.name());
      if (function >= 0) {
        lent = lent.isEmpty() ? new LinkedHashSet<>() : lent;
        lent.add(function);
      }
    }
    return lent;
  }

  /** Parameters of the caller that what is called there calls. */
  List<Integer> parametersLentTo(int callee, int caller, Expr call) {
    List<Integer> lent = List.of();
    FunctionFacts facts = program.facts(caller);
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr argument = call.arguments().get(i);
      int parameter = argument.is(Expr.Kind.NAME) ? facts.parameter(argument.name()) : -1;
      if (parameter >= 0
          && StoredFunctions.mayPointToFunction(facts.parameters().get(parameter).type())
          && calls(callee, i)) {
        lent = lent.isEmpty() ? new ArrayList<>() : lent;
        lent.add(parameter);
      }
    }
    return lent;
  }

  private boolean calls(int function, int argument) {
    return argument < Long.SIZE
        && (called.computeIfAbsent(function, f -> calledParameters(f, 0)) & 1L << argument) != 0;
  }

  private long calledParameters(int function, int depth) {
    FunctionFacts facts = program.facts(function);
    long bits = 0;
    if (dropsLocks(function) || hangsOnLastReference(facts)) {
      return bits;
    }
    for (Expr call : Calls.of(facts)) {
      Expr callee = call.operand(0);
      Expr name = callee.isUnary("*") ? callee.operand(0) : callee;
      int parameter = name.is(Expr.Kind.NAME) ? facts.parameter(name.name()) : -1;
      if (parameter >= 0 && parameter < Long.SIZE) {
        bits |= 1L << parameter;
      } else if (depth < MAX_DEPTH && parameter < 0 && !call.callee().isEmpty()) {
        bits |= handedOn(facts, function, call, depth);
      }
    }
    return bits;
  }

  /** Whether it does something only if nobody else has a reference, which cannot be told. */
  static boolean hangsOnLastReference(FunctionFacts facts) {
    return Calls.of(facts).stream().anyMatch(call -> call.callee().endsWith("_dec_and_test"));
  }

  /** Whether it lets go of what its callers hold before it calls one of its parameters. */
  private boolean dropsLocks(int function) {
    FunctionFacts facts = program.facts(function);
    return summaries[function].calls().stream()
        .filter(call -> facts.parameter(call.callee()) >= 0)
        .flatMap(call -> call.visits().stream())
        .anyMatch(visit -> !visit.surroundings().left().isEmpty());
  }

  /** Parameters that are given to a function which calls them. */
  private long handedOn(FunctionFacts facts, int function, Expr call, int depth) {
    long bits = 0;
    for (int i = 0; i < Math.min(call.arguments().size(), Long.SIZE); i++) {
      Expr argument = call.arguments().get(i);
      int parameter = argument.is(Expr.Kind.NAME) ? facts.parameter(argument.name()) : -1;
      if (parameter >= 0
          && parameter < Long.SIZE
          && StoredFunctions.mayPointToFunction(facts.parameters().get(parameter).type())) {
        int callee = graph.resolve(program.unitOf(function), call.callee());
        if (callee >= 0 && (calledParameters(callee, depth + 1) & 1L << i) != 0) {
          bits |= 1L << parameter;
        }
      }
    }
    return bits;
  }
}
