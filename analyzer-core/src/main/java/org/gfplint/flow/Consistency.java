package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Finds functions that restrict their own requests but call others, on the same path and outside
 * any scope, whose requests are not restricted.
 */
final class Consistency {
  private static final int MAX_CALLS = 3;

  /** A field that holds more is not followed where calls have gone before. */
  private static final int MOST_MEANINGS = 2;

  /** Calls that begin or end what may be the reason for a restriction. */
  private static final Pattern CHANGES_CONTEXT =
      Pattern.compile(
          "lock|trans|journal|begin|start|_end|end_|stop|commit|freeze|thaw|down_|up_|suspend"
              + "|resume|acquire|release|enter|exit");

  /** A request with a mask that is written down in its own function. */
  private record Own(RequestSite site, GfpMask mask) {}

  private record Target(int function, Expr call) {}

  private final Knowledge knowledge;
  private final Program program;
  private final AllocatorModel model;
  private final FunctionSummary[] summaries;

  private final StoredFunctions stored;
  private StoredTreeMasks treeMasks;

  Consistency(Knowledge knowledge, FunctionSummary[] summaries, StoredFunctions stored) {
    this.stored = stored;
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.summaries = summaries;
  }

  /** One for each unrestricted request, with the plainest way to it. */
  List<Inconsistency> find() {
    Map<String, Inconsistency> plainest = new TreeMap<>();
    Map<String, Set<Integer>> callers = new HashMap<>();
    treeMasks = new StoredTreeMasks(knowledge, summaries);
    for (FunctionSummary summary : summaries) {
      List<Own> restricted = own(summary, true);
      if (restricted.isEmpty() || program.isInit(summary.function())) {
        continue;
      }
      for (Inconsistency found : from(summary.function(), restricted)) {
        String key = String.format("%09d %s", found.target(), found.request().span());
        callers.computeIfAbsent(key, k -> new HashSet<>()).add(found.function());
        plainest.merge(key, found, Consistency::plainer);
      }
    }
    List<Inconsistency> result = new ArrayList<>();
    plainest.forEach((key, found) -> result.add(withOthers(found, callers.get(key).size() - 1)));
    return result;
  }

  private static Inconsistency plainer(Inconsistency one, Inconsistency other) {
    Comparator<Inconsistency> order =
        Comparator.comparingInt((Inconsistency i) -> i.path().size())
            .thenComparing(i -> !i.adjacent());
    return order.compare(other, one) < 0 ? other : one;
  }

  private Inconsistency withOthers(Inconsistency i, int others) {
    return new Inconsistency(
        i.function(),
        i.restricted(),
        i.restrictedMask(),
        i.path().stream().map(this::located).toList(),
        i.target(),
        i.request(),
        i.targetMask(),
        i.adjacent(),
        others);
  }

  /** Calls that hand nothing on are kept by name alone: now it matters where they stand. */
  private Request.Hop located(Request.Hop hop) {
    if (hop.call().span() != null) {
      return hop;
    }
    for (Block block : program.facts(hop.function()).blocks()) {
      for (Expr event : block.events()) {
        Expr call = callOf(event, hop.call().callee());
        if (call != null) {
          return new Request.Hop(hop.function(), call);
        }
      }
      Expr condition = block.exit().condition();
      Expr call = condition == null ? null : callOf(condition, hop.call().callee());
      if (call != null) {
        return new Request.Hop(hop.function(), call);
      }
    }
    throw new IllegalStateException(
        program.name(hop.function()) + "() does not call " + hop.call().callee() + "()");
  }

  private static Expr callOf(Expr e, String callee) {
    if (e.callee().equals(callee)) {
      return e;
    }
    for (Expr operand : e.operands()) {
      Expr found = callOf(operand, callee);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The function's own requests that block and may, or may not, enter filesystem reclaim. */
  private List<Own> own(FunctionSummary summary, boolean restricted) {
    List<Own> result = new ArrayList<>();
    for (RequestSite site : summary.requests()) {
      // Nobody chose a mask that is implied; of those, only the allocators' own are well known.
      boolean implied = site.api().maskArgument().isEmpty();
      if (implied && (restricted || site.api().family().equals("wrapper"))) {
        continue;
      }
      for (RequestSite.Visit visit : site.visits()) {
        if (!visit.surroundings().scopes().isEmpty() || !visit.surroundings().guards().isEmpty()) {
          continue;
        }
        List<MaskAlternative> masks = visit.mask().masks();
        if (masks.size() != 1 || !masks.get(0).isConstant()) {
          continue;
        }
        GfpMask mask = masks.get(0).mask();
        boolean wanted = restricted ? model.avoidsFilesystems(mask) : model.entersFilesystems(mask);
        if (wanted) {
          result.add(new Own(site, mask));
          break;
        }
      }
    }
    return result;
  }

  private List<Inconsistency> from(int function, List<Own> restricted) {
    FunctionSummary detailed = new FunctionWalk(knowledge, function, true).walk();
    FunctionFacts facts = program.facts(function);
    BitSet[] reach = reachability(facts.blocks());
    List<Inconsistency> result = new ArrayList<>();
    for (CallSite call : detailed.calls()) {
      if (call.visits().stream().noneMatch(v -> v.surroundings().scopes().isEmpty())) {
        continue;
      }
      Own near = samePath(call.block(), restricted, reach);
      if (near == null) {
        continue;
      }
      List<Unrestricted> behind = search(function, call);
      boolean adjacent = !behind.isEmpty() && adjacent(facts.blocks(), near.site, call, reach);
      for (Unrestricted found : behind) {
        result.add(
            new Inconsistency(
                function,
                near.site.call(),
                near.mask,
                found.step.path,
                found.step.function,
                found.own.site.call(),
                found.own.mask,
                adjacent,
                0));
      }
    }
    for (RequestSite request : detailed.requests()) {
      Own near = samePath(request.block(), restricted, reach);
      List<StoredTreeMasks.Made> trees =
          near == null ? List.of() : treeMasks.of(function, request.call());
      for (StoredTreeMasks.Made made : trees) {
        result.add(
            new Inconsistency(
                function,
                near.site.call(),
                near.mask,
                List.of(new Request.Hop(function, request.call())),
                made.function(),
                made.call(),
                made.mask(),
                true,
                0));
      }
    }
    return result;
  }

  private static Own samePath(int b, List<Own> restricted, BitSet[] reach) {
    for (Own own : restricted) {
      int a = own.site.block();
      if (a == b || reach[a].get(b) || reach[b].get(a)) {
        return own;
      }
    }
    return null;
  }

  /** A function and the calls that lead to it. */
  private record Step(int function, List<Request.Hop> path) {}

  /** What a call leads to at once, and functions it hands over that are called back there. */
  private List<Step> first(int caller, Expr call) {
    List<Request.Hop> path = List.of(new Request.Hop(caller, call));
    List<Step> found = new ArrayList<>();
    if (call.callee().isEmpty()) {
      stored.calledBy(caller, call).forEach(f -> found.add(new Step(f, path)));
      return found;
    }
    stored.inHook(call).forEach(f -> found.add(new Step(f, path)));
    List<Integer> callees = program.resolve(program.unitOf(caller), call.callee());
    if (callees.size() == 1) {
      int callee = callees.get(0);
      found.add(new Step(callee, path));
      for (Expr inner : Calls.of(program.facts(callee))) {
        int parameter = program.facts(callee).parameter(inner.callee());
        if (!inner.callee().isEmpty()
            && inner.span() != null
            && parameter >= 0
            && parameter < call.arguments().size()) {
          Expr given = call.arguments().get(parameter);
          Expr named = given.behindAddress();
          List<Integer> called =
              named.is(Expr.Kind.NAME)
                  ? program.resolve(program.unitOf(caller), named.name())
                  : List.of();
          if (called.size() == 1) {
            found.add(
                new Step(called.get(0), List.of(path.get(0), new Request.Hop(callee, inner))));
          }
        }
      }
    }
    return found;
  }

  /** An unrestricted request, and the way to it. */
  private record Unrestricted(Step step, Own own) {}

  /** Follows direct calls, nearest first, to functions with an unrestricted request. */
  private List<Unrestricted> search(int caller, CallSite call) {
    List<Unrestricted> found = new ArrayList<>();
    Deque<Step> work = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    seen.add(caller);
    for (Step first : first(caller, call.call())) {
      if (seen.add(first.function)) {
        work.add(first);
      }
    }
    while (!work.isEmpty()) {
      Step step = work.poll();
      FunctionSummary summary = summaries[step.function];
      for (Own own : own(summary, false)) {
        found.add(new Unrestricted(step, own));
      }
      if (step.path.size() >= MAX_CALLS) {
        continue;
      }
      if (step.path.size() == MAX_CALLS - 1) {
        throughPointers(step, seen, work);
      }
      for (String callee : callees(summary)) {
        List<Integer> next = program.resolve(program.unitOf(step.function), callee);
        if (next.size() == 1 && seen.add(next.get(0))) {
          List<Request.Hop> path = new ArrayList<>(step.path);
          Expr named = Expr.of(Expr.Kind.CALL, "", Expr.name(callee));
          path.add(new Request.Hop(step.function, named));
          work.add(new Step(next.get(0), List.copyOf(path)));
        }
      }
    }
    return found;
  }

  /** Calls through fields that hold hardly more than one function. */
  private void throughPointers(Step step, Set<Integer> seen, Deque<Step> work) {
    if (summaries[step.function].plainCallees().stream().noneMatch(n -> n.startsWith("."))) {
      return;
    }
    for (Expr call : Calls.of(program.facts(step.function))) {
      Set<Integer> called =
          call.callee().isEmpty() && call.span() != null
              ? stored.calledBy(step.function, call)
              : Set.of();
      if (called.size() <= MOST_MEANINGS) {
        for (int function : called) {
          if (seen.add(function)) {
            List<Request.Hop> path = new ArrayList<>(step.path);
            path.add(new Request.Hop(step.function, call));
            work.add(new Step(function, List.copyOf(path)));
          }
        }
      }
    }
  }

  /** Whom a function calls outside any scope. */
  private static Set<String> callees(FunctionSummary summary) {
    Set<String> names = new LinkedHashSet<>(summary.plainCallees());
    for (CallSite call : summary.calls()) {
      if (call.visits().stream().anyMatch(v -> v.surroundings().scopes().isEmpty())) {
        names.add(call.callee());
      }
    }
    return names;
  }

  // ---- control flow of the caller

  /** For each block, those that control may come to after it. */
  static BitSet[] reachability(List<Block> blocks) {
    BitSet[] reach = new BitSet[blocks.size()];
    for (int b = 0; b < reach.length; b++) {
      reach[b] = new BitSet();
      Deque<Integer> work = new ArrayDeque<>(blocks.get(b).exit().targets());
      while (!work.isEmpty()) {
        int next = work.poll();
        if (!reach[b].get(next)) {
          reach[b].set(next);
          work.addAll(blocks.get(next).exit().targets());
        }
      }
    }
    return reach;
  }

  /** Whether no call on any way between the two changes the context. */
  private static boolean adjacent(
      List<Block> blocks, RequestSite request, CallSite call, BitSet[] reach) {
    int a = request.block();
    int b = call.block();
    if (a == b) {
      return unchangedBetween(blocks.get(a), request.call(), call.call());
    }
    int from = reach[a].get(b) ? a : b;
    int to = from == a ? b : a;
    Expr begin = from == a ? request.call() : call.call();
    Expr end = from == a ? call.call() : request.call();
    if (!unchangedAfter(blocks.get(from), begin) || !unchangedBefore(blocks.get(to), end)) {
      return false;
    }
    for (int between = 0; between < blocks.size(); between++) {
      boolean onTheWay =
          between != from && between != to && reach[from].get(between) && reach[between].get(to);
      if (onTheWay && blocks.get(between).events().stream().anyMatch(Consistency::changes)) {
        return false;
      }
    }
    return true;
  }

  private static boolean unchangedBetween(Block block, Expr one, Expr other) {
    int state = 0;
    for (Expr event : block.events()) {
      boolean marks = contains(event, one) || contains(event, other);
      if (state == 1 && !marks && changes(event)) {
        return false;
      }
      if (marks) {
        state++;
      }
    }
    return true;
  }

  private static boolean unchangedAfter(Block block, Expr mark) {
    boolean after = false;
    for (Expr event : block.events()) {
      if (after && changes(event)) {
        return false;
      }
      after |= contains(event, mark);
    }
    return true;
  }

  private static boolean unchangedBefore(Block block, Expr mark) {
    for (Expr event : block.events()) {
      if (contains(event, mark)) {
        return true;
      }
      if (changes(event)) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(Expr e, Expr part) {
    return e.equals(part) || e.anyOperand(o -> contains(o, part));
  }

  private static boolean changes(Expr e) {
    if (e.is(Expr.Kind.CALL) && CHANGES_CONTEXT.matcher(e.callee()).find()) {
      return true;
    }
    return e.anyOperand(Consistency::changes);
  }
}
