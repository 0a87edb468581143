package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Variable;

/**
 * Looks, in functions that are given a mask, for requests that may block whatever it says. What the
 * function asks of the mask before is respected: whoever tested it knows what it is.
 */
final class IgnoredMasks {
  private record Place(int function, Expr call) {}

  private final Knowledge knowledge;
  private final Map<Place, Request> requests = new HashMap<>();

  /** Requests are found from where their mask is decided on. */
  IgnoredMasks(Knowledge knowledge, List<Request> requests) {
    this.knowledge = knowledge;
    for (Request request : requests) {
      this.requests.putIfAbsent(new Place(request.function(), request.call()), request);
    }
  }

  List<IgnoredMask> find(FunctionSummary[] summaries) {
    List<IgnoredMask> found = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (!summary.requests().isEmpty() || !summary.calls().isEmpty()) {
        look(summary, found);
      }
    }
    return List.copyOf(found);
  }

  private void look(FunctionSummary summary, List<IgnoredMask> found) {
    FunctionFacts facts = knowledge.program().facts(summary.function());
    int parameter = parameter(facts);
    if (parameter < 0) {
      return;
    }
    String name = facts.parameters().get(parameter).name();
    for (RequestSite site : summary.requests()) {
      boolean fixed =
          site.visits().stream().allMatch(v -> isFixed(v.mask(), v.surroundings(), parameter));
      if (fixed) {
        add(summary.function(), site.call(), name, facts, found);
      }
    }
    for (CallSite site : summary.calls()) {
      int arguments = site.call().arguments().size();
      for (int i = 0; i < arguments; i++) {
        int index = i;
        boolean fixed =
            site.visits().stream()
                .allMatch(v -> isFixed(v.arguments().get(index), v.surroundings(), parameter));
        if (fixed) {
          add(summary.function(), site.call(), name, facts, found);
        }
      }
    }
  }

  private void add(
      int function, Expr call, String parameter, FunctionFacts facts, List<IgnoredMask> found) {
    Request request = requests.get(new Place(function, call));
    if (request != null) {
      found.add(
          new IgnoredMask(
              function,
              call,
              request.api(),
              parameter,
              request.mask(),
              request.api().maskArgument().isEmpty(),
              mentions(facts, parameter)));
    }
  }

  /** The only parameter that is a mask, or -1. */
  private static int parameter(FunctionFacts facts) {
    int found = -1;
    for (int i = 0; i < facts.parameters().size(); i++) {
      Variable v = facts.parameters().get(i);
      if (v.isGfp() && !v.name().isEmpty()) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private boolean isFixed(Value mask, Surroundings surroundings, int parameter) {
    return mask instanceof Value.Masks masks
        && surroundings.guards().stream().noneMatch(g -> g.parameter() == parameter)
        && masks.alternatives().stream()
            .allMatch(
                m ->
                    m.isConstant()
                        && knowledge.model().mayBlock(m.mask())
                        && m.guards().stream().noneMatch(g -> g.parameter() == parameter));
  }

  private static boolean mentions(FunctionFacts facts, String name) {
    for (Block block : facts.blocks()) {
      Expr condition = block.exit().condition();
      if (block.events().stream().anyMatch(e -> names(e, name))
          || condition != null && names(condition, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(Expr e, String name) {
    return e.isName(name) || e.anyOperand(o -> names(o, name));
  }
}
