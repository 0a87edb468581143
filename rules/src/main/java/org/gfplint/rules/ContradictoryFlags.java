package org.gfplint.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gfplint.facts.Expr;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.finding.Remedy;
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
        Report report =
            new Report(analysis, info(), at.function(), use.span())
                .facts(found.facts())
                .identity(use.expression());
        if (!found.plainly().isEmpty()) {
          report.remedy(place -> new Remedy.Rename(description(found), place, found.plainly()));
        }
        sink.accept(report.finding(use.expression().text() + ": " + found.why()));
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

  /** The request stays as it is, since nobody but the author knows what was meant. */
  private static String description(Contradiction found) {
    List<String> changes = new ArrayList<>();
    new TreeMap<>(found.plainly())
        .forEach(
            (name, instead) ->
                changes.add(
                    instead.isEmpty()
                        ? "leave out " + name
                        : "write " + instead + " instead of " + name));
    return String.join(" and ", changes)
        + ": the request stays as it is and the mask says so;"
        + " if the flag was meant, leave out the other one instead";
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
