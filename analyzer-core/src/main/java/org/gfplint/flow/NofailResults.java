package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.facts.Variable;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpMask;
import org.gfplint.model.Outcome;
import org.gfplint.model.Returns;
import org.gfplint.model.Violation;

/**
 * Follows the results of requests that must not fail: from the call that says so, down through
 * functions that return what they got, to what the allocator can return; and from there to what the
 * caller does with it.
 */
final class NofailResults {
  private static final int MAX_DEPTH = 4;

  private final Knowledge knowledge;
  private final AllocatorModel model;

  /** What a call can return, and why. */
  private record Answer(
      Returns returns,
      RequestSite site,
      GfpMask used,
      List<Request.Hop> path,
      boolean certain,
      List<Fact> facts) {
    Answer below(Request.Hop hop) {
      List<Request.Hop> longer = new ArrayList<>(path.size() + 1);
      longer.add(hop);
      longer.addAll(path);
      return new Answer(returns, site, used, List.copyOf(longer), certain, facts);
    }
  }

  /** A mask that must not fail, and what the call that has it can return. */
  private record Asked(GfpMask mask, Answer answer) {}

  NofailResults(Knowledge knowledge) {
    this.knowledge = knowledge;
    this.model = knowledge.model();
  }

  /** What is wrong, in order of function and place. */
  List<ResultUse> find(FunctionSummary[] summaries) {
    List<ResultUse> found = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      Map<Expr, Asked> asked = asked(summary);
      if (!asked.isEmpty()) {
        look(summary.function(), asked, found);
      }
    }
    return List.copyOf(found);
  }

  private void look(int function, Map<Expr, Asked> asked, List<ResultUse> found) {
    FunctionFacts facts = knowledge.program().facts(function);
    ResultPaths paths = new ResultPaths(facts);
    // Some allocate on the way and return an error, which is zero if they could.
    Set<String> errors =
        facts.locals().stream()
            .filter(v -> v.type().equals("int"))
            .map(Variable::name)
            .collect(Collectors.toSet());
    for (ResultPaths.Test test : paths.testsOnlyOf(c -> returns(asked, c, Returns.NEVER_NULL))) {
      if (errors.contains(test.pointer())) {
        continue;
      }
      // Of several calls that the test may be about, any serves to say what it is about.
      Expr call = test.calls().iterator().next();
      found.add(
          use(
              ResultUse.Kind.TESTED,
              function,
              call,
              asked.get(call),
              test.place(),
              test.pointer()));
    }
    asked.forEach(
        (call, a) -> {
          String pointer = paths.receiver(call).map(Expr::text).orElse("");
          if (!pointer.isEmpty()
              && returns(asked, call, Returns.MAY_BE_NULL)
              && paths.isUsedUntested(call, pointer)) {
            found.add(use(ResultUse.Kind.UNTESTED, function, call, a, call.span(), pointer));
          }
        });
  }

  private static boolean returns(Map<Expr, Asked> asked, Expr call, Returns what) {
    Asked a = asked.get(call);
    return a != null && a.answer.returns == what;
  }

  private static ResultUse use(
      ResultUse.Kind kind, int function, Expr call, Asked asked, Span place, String pointer) {
    Answer answer = asked.answer;
    return new ResultUse(
        kind,
        function,
        call,
        place,
        pointer,
        asked.mask,
        answer.site.api(),
        answer.used,
        answer.path,
        answer.certain,
        answer.facts);
  }

  // ---- what is asked

  /** Calls in a function that say that they must not fail, whichever way control gets there. */
  private Map<Expr, Asked> asked(FunctionSummary summary) {
    Map<Expr, Asked> asked = new LinkedHashMap<>();
    for (RequestSite site : summary.requests()) {
      GfpMask mask = promised(site.visits().stream().map(RequestSite.Visit::mask).toList());
      if (mask != null && site.api().maskArgument().isPresent()) {
        answer(site).ifPresent(a -> asked.put(site.call(), new Asked(mask, a)));
      }
    }
    int unit = knowledge.program().unitOf(summary.function());
    for (CallSite site : summary.calls()) {
      int arguments = site.visits().get(0).arguments().size();
      for (int i = 0; i < arguments && !site.callee().isEmpty(); i++) {
        int index = i;
        GfpMask mask =
            promised(site.visits().stream().map(v -> argument(v.arguments(), index)).toList());
        int callee = mask == null ? -1 : resolve(unit, site.callee());
        if (callee >= 0) {
          answer(callee, site, 0).ifPresent(a -> asked.put(site.call(), new Asked(mask, a)));
        }
      }
    }
    return asked;
  }

  private static Value argument(List<Value> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : Value.UNKNOWN;
  }

  /** The mask, if all that it can be are constants that must not fail; else null. */
  private GfpMask promised(List<Value> masks) {
    GfpMask mask = null;
    for (Value value : masks) {
      if (!(value instanceof Value.Masks known)) {
        return null;
      }
      for (MaskAlternative m : known.alternatives()) {
        if (!m.isConstant() || !model.mustNotFail(m.mask())) {
          return null;
        }
        mask = m.mask();
      }
    }
    return mask;
  }

  private int resolve(int unit, String callee) {
    List<Integer> candidates = knowledge.program().resolve(unit, callee);
    return candidates.isEmpty() ? -1 : candidates.get(0);
  }

  // ---- what can come back

  /** What a call returns; empty if that is not known, or not the same on every way. */
  private Optional<Answer> answer(int callee, CallSite site, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.empty();
    }
    Answer answer = null;
    for (CallSite.Visit visit : site.visits()) {
      Answer one = below(callee, SleepSearch.passed(visit), depth).orElse(null);
      if (one == null || answer != null && answer.returns != one.returns) {
        return Optional.empty();
      }
      answer = one;
    }
    return Optional.ofNullable(answer);
  }

  private Optional<Answer> below(int function, List<Value> arguments, int depth) {
    Optional<Set<Expr>> returned = new ResultPaths(knowledge.program().facts(function)).returned();
    if (returned.isEmpty()) {
      return Optional.empty();
    }
    FunctionSummary summary =
        new FunctionWalk(knowledge, function, true, arguments, Set.of()).walk();
    Map<Expr, Optional<Answer>> answers = new HashMap<>();
    summary.requests().forEach(s -> answers.put(s.call(), answer(s)));
    for (CallSite site : summary.calls()) {
      if (returned.get().contains(site.call()) && !site.callee().isEmpty()) {
        int callee = resolve(knowledge.program().unitOf(function), site.callee());
        answers.put(site.call(), callee < 0 ? Optional.empty() : answer(callee, site, depth + 1));
      }
    }
    Answer answer = null;
    for (Expr call : returned.get()) {
      Answer one = answers.getOrDefault(call, Optional.empty()).orElse(null);
      if (one == null || answer != null && answer.returns != one.returns) {
        return Optional.empty();
      }
      answer = one.below(new Request.Hop(function, call));
    }
    return Optional.ofNullable(answer);
  }

  private Optional<Answer> answer(RequestSite site) {
    Answer answer = null;
    for (RequestSite.Visit visit : site.visits()) {
      if (!(visit.mask() instanceof Value.Masks masks) || !visit.surroundings().held().isEmpty()) {
        return Optional.empty();
      }
      for (MaskAlternative mask : masks.alternatives()) {
        Answer one = mask.isConstant() ? answer(site, visit, mask.mask()) : null;
        if (one == null || answer != null && answer.returns != one.returns) {
          return Optional.empty();
        }
        answer = one;
      }
    }
    return Optional.ofNullable(answer);
  }

  /** Null if it is not clear, or if the mask is at odds with the size, which is another matter. */
  private Answer answer(RequestSite site, RequestSite.Visit visit, GfpMask mask) {
    AllocationSize size = Sizes.inBytes(site.api().size(), visit.size());
    AllocationRequest request = new AllocationRequest(site.api(), mask, size);
    ExecutionContext context =
        ExecutionContext.PROCESS.withScopes(
            visit.surroundings().scopes().stream().map(OpenScope::kind).toList());
    Outcome outcome = model.evaluate(request, context);
    List<Fact> facts = new ArrayList<>();
    boolean lost = !model.mustNotFail(mask);
    for (Violation violation : model.violations(request, context, outcome)) {
      if (violation.kind() == Violation.Kind.NOFAIL_LOST) {
        lost = true;
        facts.addAll(violation.facts());
      } else if (violation.kind() == Violation.Kind.NOFAIL_CANNOT_BLOCK) {
        return null;
      }
    }
    boolean mayOverflow = site.api().size().arguments().size() > 1 && !size.isKnown();
    boolean never = outcome.returns() == Returns.NEVER_NULL;
    if (never ? mayOverflow || lost : !lost) {
      return null;
    }
    Returns returns = never ? Returns.NEVER_NULL : Returns.MAY_BE_NULL;
    boolean certain =
        lost
            || size.isKnown()
            || RequestPropagation.sizeText(site).stream().allMatch(NofailResults::isOfTypes);
    return new Answer(
        returns,
        site,
        mask,
        List.of(),
        certain,
        facts.isEmpty() ? outcome.facts() : List.copyOf(facts));
  }

  /** A few objects, one after the other, of types that may not be known. */
  private static boolean isOfTypes(Expr e) {
    return e.is(Expr.Kind.SIZEOF)
        || e.is(Expr.Kind.NUMBER)
        || e.isBinary("+") && e.operands().stream().allMatch(NofailResults::isOfTypes);
  }
}
