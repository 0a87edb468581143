package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Variable;
import org.gfplint.program.Program;

/**
 * Functions that are handed to others for the time of one call: whoever gets them calls them before
 * it returns and keeps them nowhere, so that they run where they are handed over.
 */
final class LentFunctions {
  /** How far a function is handed on. */
  private static final int MAX_DEPTH = 3;

  private record Slot(int function, int parameter) {}

  private final Program program;
  private final CallGraph graph;
  private final Map<Slot, Boolean> onlyCalls = new HashMap<>();

  LentFunctions(Program program, CallGraph graph) {
    this.program = program;
    this.graph = graph;
  }

  /**
   * Functions of some files that are named for nothing else, with the calls that get them.
   *
   * @param units files to look at
   * @param named functions that are named other than to call them
   */
  Map<Integer, List<Request.Hop>> find(BitSet units, Set<Integer> named) {
    Map<Integer, Map<String, Integer>> candidates = new HashMap<>();
    for (int f : named) {
      int unit = program.unitOf(f);
      if (units.get(unit) && program.linkage(f) == Linkage.STATIC) {
        candidates.computeIfAbsent(unit, u -> new HashMap<>()).put(program.name(f), f);
      }
    }
    Map<Integer, List<Request.Hop>> found = new HashMap<>();
    candidates.forEach(
        (unit, own) -> {
          Map<String, List<Request.Hop>> lent = new HashMap<>();
          Set<String> given = new HashSet<>();
          int in = program.firstFunction(unit);
          for (FunctionFacts facts : program.fileFacts(unit).functions()) {
            new Look(own.keySet(), lent, given, unit, in++).at(facts);
          }
          lent.forEach(
              (name, calls) -> {
                if (!given.contains(name)) {
                  found.put(own.get(name), List.copyOf(calls));
                }
              });
        });
    return found;
  }

  /** Looks for names of functions in one function. */
  private final class Look {
    private final Set<String> wanted;
    private final Map<String, List<Request.Hop>> lent;
    private final Set<String> given;
    private final int unit;
    private final int in;
    private final Set<String> hidden = new HashSet<>();

    Look(
        Set<String> wanted,
        Map<String, List<Request.Hop>> lent,
        Set<String> given,
        int unit,
        int in) {
      this.wanted = wanted;
      this.lent = lent;
      this.given = given;
      this.unit = unit;
      this.in = in;
    }

    void at(FunctionFacts facts) {
      facts.parameters().forEach(v -> hidden.add(v.name()));
      facts.locals().forEach(v -> hidden.add(v.name()));
      for (Block block : facts.blocks()) {
        block.events().forEach(this::at);
        if (block.exit().condition() != null) {
          at(block.exit().condition());
        }
      }
    }

    private void at(Expr e) {
      if (e.is(Expr.Kind.NAME)) {
        if (isWanted(e)) {
          given.add(e.name());
        }
        return;
      }
      boolean call = e.is(Expr.Kind.CALL) && !e.callee().isEmpty() && e.span() != null;
      if (!call) {
        e.operands().forEach(this::at);
        return;
      }
      for (int i = 0; i < e.arguments().size(); i++) {
        Expr argument = e.arguments().get(i);
        Expr named = argument.behindAddress();
        if (!isWanted(named)) {
          at(argument);
        } else if (onlyCalls(unit, e.callee(), i, 0)) {
          lent.computeIfAbsent(named.name(), n -> new ArrayList<>(1)).add(new Request.Hop(in, e));
        } else {
          given.add(named.name());
        }
      }
    }

    private boolean isWanted(Expr e) {
      return e.is(Expr.Kind.NAME) && wanted.contains(e.name()) && !hidden.contains(e.name());
    }
  }

  /** Whether what a name means in a file does nothing with an argument but call it. */
  private boolean onlyCalls(int unit, String callee, int argument, int depth) {
    int function = graph.resolve(unit, callee);
    if (function < 0 || depth > MAX_DEPTH) {
      return false;
    }
    Boolean known = onlyCalls.get(new Slot(function, argument));
    if (known != null) {
      return known;
    }
    FunctionFacts facts = program.facts(function);
    List<Variable> parameters = facts.parameters();
    boolean only =
        argument < parameters.size()
            && !parameters.get(argument).name().isEmpty()
            && onlyCalls(facts, program.unitOf(function), parameters.get(argument).name(), depth);
    onlyCalls.put(new Slot(function, argument), only);
    return only;
  }

  private boolean onlyCalls(FunctionFacts facts, int unit, String parameter, int depth) {
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        if (!onlyCalls(event, unit, parameter, depth)) {
          return false;
        }
      }
      Expr condition = block.exit().condition();
      boolean asked = block.exit().kind() == Block.ExitKind.BRANCH;
      if (condition != null
          && !(asked && condition.isName(parameter))
          && !onlyCalls(condition, unit, parameter, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean onlyCalls(Expr e, int unit, String parameter, int depth) {
    if (e.isName(parameter)) {
      return false;
    }
    if (!e.is(Expr.Kind.CALL)) {
      return !e.anyOperand(o -> !onlyCalls(o, unit, parameter, depth));
    }
    Expr callee = e.operand(0);
    boolean called =
        callee.isName(parameter) || callee.isUnary("*") && callee.operand(0).isName(parameter);
    if (!called && !callee.is(Expr.Kind.NAME) && !onlyCalls(callee, unit, parameter, depth)) {
      return false;
    }
    for (int i = 0; i < e.arguments().size(); i++) {
      Expr argument = e.arguments().get(i);
      boolean handedOn =
          argument.isName(parameter)
              && !e.callee().isEmpty()
              && onlyCalls(unit, e.callee(), i, depth + 1);
      if (!handedOn && !onlyCalls(argument, unit, parameter, depth)) {
        return false;
      }
    }
    return true;
  }
}
