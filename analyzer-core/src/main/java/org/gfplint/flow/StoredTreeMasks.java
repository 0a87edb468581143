package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.model.GfpMask;
import org.gfplint.program.Program;

/** Radix trees in fields, which keep the mask for their nodes from when they were made. */
final class StoredTreeMasks {
  private static final String MAKES = "INIT_RADIX_TREE";

  /** What allocates a node with the mask that the tree keeps (lib/radix-tree.c). */
  private static final Set<String> GROWS = Set.of("radix_tree_insert", "__radix_tree_insert");

  /**
   * Where a tree is made.
   *
   * @param mask that it keeps, with which requests may enter filesystems
   */
  record Made(int function, Expr call, GfpMask mask) {}

  private final Knowledge knowledge;
  private final Program program;
  private final Map<String, List<Made>> byField = new HashMap<>();

  StoredTreeMasks(Knowledge knowledge, FunctionSummary[] summaries) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    for (FunctionSummary summary : summaries) {
      for (CallSite site : summary.calls()) {
        if (site.callee().equals(MAKES) && site.call().arguments().size() == 2) {
          note(summary.function(), site);
        }
      }
    }
  }

  private void note(int function, CallSite site) {
    String field = field(function, site.call().arguments().get(0));
    List<MaskAlternative> masks = site.visits().get(0).arguments().get(1).masks();
    if (!field.isEmpty() && masks.size() == 1 && masks.get(0).isConstant()) {
      byField
          .computeIfAbsent(field, f -> new ArrayList<>(1))
          .add(new Made(function, site.call(), masks.get(0).mask()));
    }
  }

  /** Where the tree is made that a call grows, if that is with a mask that enters filesystems. */
  List<Made> of(int function, Expr call) {
    if (!GROWS.contains(call.callee()) || call.arguments().isEmpty()) {
      return List.of();
    }
    String field = field(function, call.arguments().get(0));
    return byField.getOrDefault(field, List.of()).stream()
        .filter(made -> knowledge.model().entersFilesystems(made.mask()))
        .toList();
  }

  /** The field that a tree is, by its struct; "" if that is not known. */
  private String field(int function, Expr tree) {
    Expr object = tree.behindAddress();
    if (!object.is(Expr.Kind.FIELD)) {
      return "";
    }
    FunctionFacts facts = program.facts(function);
    OperandTypes.Typed typed =
        new OperandTypes(program.types(), knowledge.sizes(), program.unitOf(function), facts)
            .typeOf(object.operand(0));
    return typed == null ? "" : typed.type().replace("*", "") + "." + object.name();
  }
}
