package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.model.ScopeKind;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Whether every way to a request comes through a scope, where that hangs on what the calls on it
 * hand on: goes back from the request to its callers and leaves out what contradicts itself. It is
 * covered if all that remains begins inside a scope. Only asked of requests that {@link Coverage}
 * says nothing of.
 */
final class CoveredWays {
  /** Functions with what they need; where there are more, nothing is said. */
  private static final int MOST_STATES = 4000;

  /** Calls of one function. */
  private static final int MOST_CALLS = 400;

  /** Covers that a trace names. */
  private static final int MOST_COVERS = 3;

  private static final int LONGEST_TRACE = 12;

  private final Program program;
  private final Coverage coverage;
  private final FunctionSummary[] summaries;
  private final ParameterNeeds needs;
  private final Map<Question, Optional<List<Request.Cover>>> answers = new HashMap<>();

  private record Question(int function, Expr call, ScopeKind kind) {}

  /** A function that is come to with its parameters like that. */
  private record State(int function, Set<ParameterNeeds.Need> needs) {}

  /**
   * A state and the way from it down to the request.
   *
   * @param below the calls, from that in the state's function on, without the request itself
   */
  private record Step(State state, List<Request.Hop> below) {}

  CoveredWays(Program program, Coverage coverage, FunctionSummary[] summaries) {
    this.program = program;
    this.coverage = coverage;
    this.summaries = summaries;
    this.needs = new ParameterNeeds(program);
  }

  /**
   * The scopes that the ways to a request come through, a few of them.
   *
   * @return empty if one of the ways may come through none
   */
  Optional<List<Request.Cover>> covers(Request request, ScopeKind kind) {
    return answers.computeIfAbsent(
        new Question(request.function(), request.call(), kind),
        q -> new Search(kind).find(request.function(), request.call()));
  }

  /** What is found on the way up; one for each request. */
  private final class Search {
    private final ScopeKind kind;
    private final Set<State> seen = new HashSet<>();
    private final Deque<Step> work = new ArrayDeque<>();
    private final Set<Request.Cover> covers = new LinkedHashSet<>();

    /** What it takes for the scopes to be open. */
    private final Set<String> provided = new HashSet<>();

    Search(ScopeKind kind) {
      this.kind = kind;
    }

    Optional<List<Request.Cover>> find(int function, Expr call) {
      FunctionSummary summary = summaries[function].forScopes();
      List<Surroundings> around = summary.around(call);
      if (around.isEmpty()
          || !enter(function, call, summary, around, Set.of(), List.of())
          || seen.isEmpty()) {
        return Optional.empty();
      }
      while (!work.isEmpty()) {
        Step step = work.poll();
        if (seen.size() > MOST_STATES || !up(step)) {
          return Optional.empty();
        }
      }
      // Where nothing leads to it, nothing covers it either.
      return covers.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(covers));
    }

    /**
     * Notes what it takes to come to a call; the answer is no if it may be outside.
     *
     * @param below what the function that it calls needs
     * @param path from the call on
     */
    private boolean enter(
        int function,
        Expr call,
        FunctionSummary summary,
        List<Surroundings> around,
        Set<ParameterNeeds.Need> below,
        List<Request.Hop> path) {
      if (summary.scopesBounded()) {
        return !summary.scopes().closedKinds().contains(kind)
            && enter(function, call, below, path, Set.of(), List.of());
      }
      for (Surroundings each : around) {
        Optional<OpenScope> open = each.scopes().stream().filter(s -> s.kind() == kind).findFirst();
        if (open.isPresent()) {
          note(new Request.Cover(Request.Scope.of(function, open.get()), path));
          continue;
        }
        if (each.mountTime()) {
          continue;
        }
        if (each.closed().contains(kind)) {
          return false;
        }
        List<ParameterNeeds.Need> here = new ArrayList<>();
        Set<Integer> zero = new TreeSet<>();
        for (Guard guard : each.guards()) {
          if (guard.asksForTruth()) {
            here.add(
                new ParameterNeeds.Need(guard.parameter(), ParameterNeeds.ANY, guard.expected()));
            if (!guard.expected()) {
              zero.add(guard.parameter());
            }
          }
        }
        if (!startsUnlessNothing(function, call, around, zero, path)
            && !enter(function, call, below, path, zero, here)) {
          return false;
        }
      }
      return true;
    }

    private boolean enter(
        int function,
        Expr call,
        Set<ParameterNeeds.Need> below,
        List<Request.Hop> path,
        Set<Integer> zero,
        List<ParameterNeeds.Need> here) {
      List<ParameterNeeds.Need> before = needs.before(function, call, below, zero);
      if (before == null) {
        return true;
      }
      List<ParameterNeeds.Need> more = new ArrayList<>(before);
      more.addAll(here);
      more.addAll(needs.at(function, call));
      Set<ParameterNeeds.Need> all = ParameterNeeds.both(Set.of(), more);
      if (all != null) {
        State state = new State(function, Set.copyOf(all));
        if (seen.add(state)) {
          work.add(new Step(state, path));
        }
      }
      return true;
    }

    /** Who calls it; the answer is no if that is not known, or is outside. */
    private boolean up(Step step) {
      int function = step.state.function;
      if (coverage.isInside(function, given(step.state), kind)) {
        coverage.ways(function, kind).stream()
            .filter(way -> way.scope() != null)
            .forEach(way -> note(new Request.Cover(way.scope(), joined(way, step.below))));
        return true;
      }
      if (coverage.isEntry(function)) {
        return false;
      }
      for (int caller : coverage.callers(function)) {
        boolean unused =
            program.linkage(caller) == Linkage.MACRO && coverage.callers(caller).length == 0;
        if (!unused && !up(caller, step)) {
          return false;
        }
      }
      return true;
    }

    private boolean up(int caller, Step step) {
      int callee = step.state.function;
      List<Expr> calls = calls(caller, callee);
      Set<ParameterNeeds.Need> asked = step.state.needs;
      if (calls.isEmpty()) {
        // Handed over for one call: what it is called with is not known.
        Request.Hop lent = coverage.lentAt(caller, callee);
        if (lent == null) {
          return false;
        }
        calls = List.of(lent.call());
        asked = Set.of();
      }
      if (calls.size() > MOST_CALLS) {
        return false;
      }
      FunctionSummary summary = summaries[caller].forScopes();
      for (Expr call : calls) {
        List<Request.Hop> path = new ArrayList<>();
        path.add(new Request.Hop(caller, call));
        path.addAll(step.below);
        List<Request.Hop> shown = program.linkage(caller) == Linkage.MACRO ? step.below : path;
        List<Surroundings> around = new ArrayList<>();
        for (CallSite site : summary.calls()) {
          if (call.span() != null && call.span().equals(site.call().span())) {
            site.visits().forEach(v -> around.add(v.surroundings()));
          }
        }
        boolean known =
            around.isEmpty()
                ? enter(caller, call, asked, shown, Set.of(), List.of())
                : enter(caller, call, summary, around, asked, shown);
        if (!known) {
          return false;
        }
      }
      return true;
    }

    /** A few are enough to show, but nothing that it takes may be left out. */
    private void note(Request.Cover cover) {
      boolean more = provided.addAll(cover.scope().clauses());
      if (more || covers.size() < MOST_COVERS && cover.approach().size() <= LONGEST_TRACE) {
        covers.add(cover);
      }
    }

    /**
     * Where none is given, one is started for as much as was asked for: {@code if (!handle) credits
     * = needed(); if (credits) handle = start(credits);} is outside only if there is nothing to ask
     * for.
     */
    private boolean startsUnlessNothing(
        int function,
        Expr call,
        List<Surroundings> around,
        Set<Integer> zero,
        List<Request.Hop> path) {
      if (zero.isEmpty()) {
        return false;
      }
      FunctionFacts facts = program.facts(function);
      WayConditions.Place place = WayConditions.place(facts, call);
      for (Surroundings other : around) {
        for (OpenScope scope : other.scopes()) {
          if (place != null && scope.kind() == kind) {
            String amount = amount(facts, scope, place.block());
            String from = amount == null ? "" : needed(facts, amount, zero);
            if (!from.isEmpty()) {
              Request.Scope opened = Request.Scope.of(function, scope);
              String provided = OpenScope.both(opened.provided(), from + "() is not 0");
              note(
                  new Request.Cover(
                      new Request.Scope(kind, function, opened.opened(), opened.by(), provided),
                      path));
              return true;
            }
          }
        }
      }
      return false;
    }

    /** The variable that a scope is opened for if it is not zero, before control gets there. */
    private String amount(FunctionFacts facts, OpenScope scope, int place) {
      List<Block> blocks = facts.blocks();
      for (int b = 0; b < blocks.size(); b++) {
        Block.Exit exit = blocks.get(b).exit();
        if (exit.kind() == Block.ExitKind.BRANCH
            && exit.condition().is(Expr.Kind.NAME)
            && facts.parameter(exit.condition().name()) < 0
            && WayConditions.passes(blocks, b, place)) {
          String variable = exit.condition().name();
          for (Expr event : blocks.get(exit.targets().get(0)).events()) {
            if (opens(event, scope, variable)) {
              return variable;
            }
          }
        }
      }
      return null;
    }

    private boolean opens(Expr e, OpenScope scope, String amount) {
      return e.is(Expr.Kind.CALL)
              && scope.opened().equals(e.span())
              && e.arguments().stream().anyMatch(a -> a.isName(amount))
          || e.anyOperand(o -> opens(o, scope, amount));
    }

    /** What says how much, wherever one of the parameters is zero; "" if that is not so. */
    private String needed(FunctionFacts facts, String amount, Set<Integer> zero) {
      List<Block> blocks = facts.blocks();
      String from = "";
      for (int b = 0; b < blocks.size(); b++) {
        for (Expr event : blocks.get(b).events()) {
          if (event.is(Expr.Kind.ASSIGN) && event.operand(0).isName(amount)) {
            Expr source = event.operand(1);
            boolean nothing = source.is(Expr.Kind.NUMBER) && source.number() == 0;
            if (!nothing && (source.callee().isEmpty() || !isTaken(facts, b, zero))) {
              return "";
            }
            from = nothing ? from : source.callee();
          }
        }
      }
      return from;
    }

    /** Whether control always comes to a block where a parameter is zero. */
    private boolean isTaken(FunctionFacts facts, int block, Set<Integer> zero) {
      for (Block before : facts.blocks()) {
        Block.Exit exit = before.exit();
        if (exit.kind() == Block.ExitKind.BRANCH) {
          Expr condition = exit.condition();
          boolean not = condition.isUnary("!");
          Expr asked = not ? condition.operand(0) : condition;
          if (asked.is(Expr.Kind.NAME)
              && zero.contains(facts.parameter(asked.name()))
              && exit.targets().get(not ? 0 : 1) == block) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /** Parameters that are not zero, as bits. */
  private static int given(State state) {
    int given = 0;
    for (ParameterNeeds.Need need : state.needs) {
      given |= need.set() && need.parameter() < Integer.SIZE - 1 ? 1 << need.parameter() : 0;
    }
    return given;
  }

  private static List<Request.Hop> joined(Request.Cover way, List<Request.Hop> below) {
    List<Request.Hop> all = new ArrayList<>(way.approach());
    all.addAll(below);
    return List.copyOf(all);
  }

  private List<Expr> calls(int caller, int callee) {
    List<Expr> calls = new ArrayList<>();
    for (Expr call : Calls.of(program.facts(caller))) {
      if (!call.callee().isEmpty()
          && coverage.resolve(program.unitOf(caller), call.callee()) == callee) {
        calls.add(call);
      }
    }
    return calls;
  }
}
