package org.gfplint.rules;

import java.util.Optional;
import java.util.function.Consumer;
import org.gfplint.facts.Expr;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.FlowAnalysis.FunctionMaskUse;
import org.gfplint.flow.MaskUse;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.NameHistory;

/** Masks that cannot mean what was written. */
final class GfpArgument implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP106",
        "gfp-argument",
        Level.ERROR,
        "a mask in the wrong place, the wrong operator, or a flag this kernel does not have");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (FunctionMaskUse at : analysis.maskUses()) {
      MaskUse use = at.use();
      Expr e = use.expression();
      AllocatorModel model = analysis.model();
      switch (use.kind()) {
        case SIZE_ARGUMENT -> {
          if (use.mask()) {
            report(
                analysis,
                at,
                use.api().orElseThrow().name()
                    + "() takes a size here, but "
                    + e.text()
                    + " is a mask: are the arguments swapped?",
                sink);
          }
        }
        case MASK_VALUE -> {
          if (e.isBinary("&") && isMask(model, e.operand(0)) && isMask(model, e.operand(1))) {
            report(
                analysis,
                at,
                e.text() + " keeps only the flags that both have; joining masks takes '|'",
                sink);
          }
        }
        case TESTED -> tested(analysis, at, e, sink);
        case NAMED -> named(analysis, at, e, sink);
        default -> {}
      }
    }
  }

  /** Names of masks joined by '|'. */
  private static boolean isMask(AllocatorModel model, Expr e) {
    if (e.isBinary("|")) {
      return isMask(model, e.operand(0)) && isMask(model, e.operand(1));
    }
    return e.is(Expr.Kind.NAME) && model.isGfpName(e.name());
  }

  /** {@code if (gfp & GFP_KERNEL)}: true as soon as one of several flags is there. */
  private void tested(FlowAnalysis analysis, FunctionMaskUse at, Expr e, Consumer<Finding> sink) {
    Expr flags = e.operand(1);
    if (flags.is(Expr.Kind.NAME) && analysis.model().isComposite(flags.name())) {
      report(
          analysis,
          at,
          "this is true if any flag of "
              + flags.name()
              + " is set; compare (... & "
              + flags.name()
              + ") with "
              + flags.name()
              + ", or test for one flag",
          sink);
    }
  }

  private void named(FlowAnalysis analysis, FunctionMaskUse at, Expr e, Consumer<Finding> sink) {
    AllocatorModel model = analysis.model();
    Optional<NameHistory> history = model.history(e.name());
    if (at.use().tree() || model.mask(e.name()).isPresent() || history.isEmpty()) {
      return;
    }
    String replaced = history.get().replacedBy().map(r -> "; it was replaced by " + r).orElse("");
    sink.accept(
        new Report(analysis, info(), at.function(), at.use().span())
            .facts(history.get().facts())
            .identity(e)
            .finding(
                e.name()
                    + " does not exist in "
                    + model.version()
                    + " ("
                    + history.get().range()
                    + ")"
                    + replaced));
  }

  private void report(
      FlowAnalysis analysis, FunctionMaskUse at, String message, Consumer<Finding> sink) {
    sink.accept(
        new Report(analysis, info(), at.function(), at.use().span())
            .identity(at.use().expression())
            .finding(message));
  }
}
