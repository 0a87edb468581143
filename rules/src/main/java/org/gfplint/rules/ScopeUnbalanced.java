package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.finding.Remedy;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.ScopeAnomaly;

/** A path that leaves a function with its scope open, or closes what was never opened. */
final class ScopeUnbalanced implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP203",
        "scope-unbalanced",
        Level.ERROR,
        "a path that leaves a task scope open, or restores a cookie that was never saved");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (FlowAnalysis.FunctionAnomaly at : analysis.anomalies()) {
      ScopeAnomaly anomaly = at.anomaly();
      String scope = anomaly.scope().spelling();
      Report report =
          new Report(analysis, info(), at.function(), anomaly.place())
              .confidence(anomaly.always() ? Confidence.HIGH : Confidence.MEDIUM)
              .identity(anomaly.kind() + " " + scope);
      switch (anomaly.kind()) {
        case LEFT_OPEN -> {
          report
              .step(
                  at.function(),
                  anomaly.opened(),
                  anomaly.open().by().isEmpty()
                      ? "opens the " + scope + " scope"
                      : anomaly.open().by() + "() opens the " + scope + " scope")
              .step(at.function(), anomaly.place(), "leaves the function with it open");
          if (anomaly.always() && anomaly.open().by().isEmpty()) {
            report.remedy(
                place ->
                    new Remedy.Restore(
                        "close the " + scope + " scope before control leaves the function here",
                        place,
                        anomaly.scope(),
                        anomaly.cookie()));
          }
          sink.accept(
              report.finding(
                  "the "
                      + scope
                      + " scope opened in line "
                      + anomaly.opened().line()
                      + " is still open here: "
                      + anomaly.scope().taskFlag()
                      + " stays set for the rest of the task"));
        }
        case NEVER_SAVED ->
            sink.accept(
                report.finding(
                    "memalloc_"
                        + scope
                        + "_restore("
                        + anomaly.cookie()
                        + ") restores a cookie that no save has set on this path"));
        case ZERO_COOKIE ->
            sink.accept(
                report.finding(
                    "memalloc_"
                        + scope
                        + "_restore("
                        + anomaly.cookie()
                        + ") is given zero, since nothing was saved on this path: "
                        + analysis.model().cookies().zero(anomaly.scope())));
        default -> {}
      }
    }
  }
}
