package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.flow.ResultUse;

/** A result that cannot be NULL and is tested, or that can be in spite of the mask and is not. */
final class NofailChecked implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP107",
        "nofail-checked",
        Level.WARNING,
        "a result tested that cannot be NULL, or used untested where __GFP_NOFAIL gets lost");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (ResultUse use : analysis.resultUses()) {
      boolean tested = use.kind() == ResultUse.Kind.TESTED;
      String asked = analysis.model().describe(use.asked());
      String used = analysis.model().describe(use.used());
      Report report =
          new Report(analysis, info(), use.function(), use.place())
              .level(tested ? Level.NOTE : Level.WARNING)
              .confidence(
                  use.path().size() > 1 || !use.certain() ? Confidence.MEDIUM : Confidence.HIGH)
              .facts(use.facts())
              .identity(use.call(), use.asked());
      if (tested || !use.path().isEmpty()) {
        report.step(use.function(), use.call().span(), "asks with " + asked);
      }
      for (Request.Hop hop : use.path()) {
        report.step(
            hop.function(), hop.call().span(), "returns what " + hop.call().text() + " does");
      }
      String allocator = use.api().name() + "(" + used + ")";
      sink.accept(
          report.finding(
              tested
                  ? "'" + use.pointer() + "' cannot be NULL here: it comes from " + allocator
                  : "'"
                      + use.pointer()
                      + "' is used without a test, but can be NULL: "
                      + asked
                      + " ends in "
                      + allocator));
    }
  }
}
