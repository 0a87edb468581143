package org.gfplint.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gfplint.facts.Expr;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.MaskUse;
import org.gfplint.model.Contradiction;
import org.gfplint.model.MaskTerm;

/** Flags joined by '|' that cancel or contradict each other. */
final class ContradictoryFlags implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP105",
        "contradictory-flags",
        Level.WARNING,
        "flags that contradict each other or undo what another one was chosen for");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (FlowAnalysis.FunctionMaskUse at : analysis.maskUses()) {
      MaskUse use = at.use();
      if (use.kind() != MaskUse.Kind.COMBINED) {
        continue;
      }
      List<MaskTerm> terms = new ArrayList<>();
      collect(use.expression(), terms);
      for (Contradiction found : analysis.model().contradictions(terms, use.api())) {
        sink.accept(
            new Report(analysis, info(), at.function(), use.span())
                .facts(found.facts())
                .identity(use.expression())
                .finding(use.expression().text() + ": " + found.why()));
      }
    }
    for (FlowAnalysis.MaskDefinition defined : analysis.maskDefinitions()) {
      List<MaskTerm> terms = new ArrayList<>();
      collect(defined.value(), terms);
      for (Contradiction found : analysis.model().contradictions(terms, Optional.empty())) {
        sink.accept(
            new Report(analysis, info(), defined)
                .facts(found.facts())
                .identity(defined.value())
                .finding(defined.value().text() + ": " + found.why()));
      }
    }
  }

  private static void collect(Expr e, List<MaskTerm> terms) {
    if (e.isBinary("|")) {
      collect(e.operand(0), terms);
      collect(e.operand(1), terms);
    } else {
      terms.add(e.is(Expr.Kind.NAME) ? MaskTerm.named(e.name()) : MaskTerm.UNNAMED);
    }
  }
}
