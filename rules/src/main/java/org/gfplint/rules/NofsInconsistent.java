package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.facts.Expr;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.BrokenConvention;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Inconsistency;
import org.gfplint.flow.Request;

/** A request that may enter filesystem reclaim, made for a caller that avoids it in its own. */
final class NofsInconsistent implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP303",
        "nofs-inconsistent",
        Level.WARNING,
        "an unrestricted request reached from a function that restricts its own");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (Inconsistency found : analysis.inconsistencies()) {
      String caller = analysis.program().name(found.function());
      String wide = analysis.model().describe(found.targetMask());
      String narrow = analysis.model().describe(found.restrictedMask());
      Report report =
          new Report(analysis, info(), found.target(), found.request().span())
              .confidence(confidence(found))
              .identity(found.request(), found.targetMask())
              .step(
                  found.function(),
                  found.restricted().span(),
                  found.restricted().callee() + "() with " + narrow);
      for (Request.Hop hop : found.path()) {
        report.step(hop.function(), hop.call().span(), "calls " + called(hop.call()));
      }
      report.step(
          found.target(), found.request().span(), found.request().callee() + "() with " + wide);
      String others =
          found.others() == 0
              ? ""
              : found.others() == 1
                  ? "; so does one other function"
                  : "; so do " + found.others() + " other functions";
      sink.accept(
          report.finding(
              found.request().callee()
                  + "() uses "
                  + wide
                  + ", but "
                  + caller
                  + "(), which gets here without a scope, uses "
                  + narrow
                  + " for its own request"
                  + others));
    }
    for (BrokenConvention found : analysis.brokenConventions()) {
      sink.accept(finding(analysis, found));
    }
  }

  private Finding finding(FlowAnalysis analysis, BrokenConvention found) {
    String wide = analysis.model().describe(found.mask());
    String narrow = analysis.model().describe(found.restrictedMask());
    return new Report(analysis, info(), found.function(), found.request().span())
        .confidence(Confidence.MEDIUM)
        .identity(found.request(), found.mask())
        .step(
            found.function(),
            found.neighbour().call().span(),
            "calls " + called(found.neighbour().call()))
        .step(
            found.restrictedIn(),
            found.restricted().span(),
            found.restricted().callee() + "() with " + narrow)
        .finding(
            called(found.request())
                + " uses "
                + wide
                + ", but "
                + analysis.program().name(found.restrictedIn())
                + "(), which this function calls for, uses "
                + narrow
                + " like all "
                + found.others()
                + " other requests on the ways here");
  }

  private static Confidence confidence(Inconsistency found) {
    int calls = found.path().size();
    // Which function a pointer leads to is a guess, if a good one.
    if (found.path().stream().anyMatch(hop -> hop.call().callee().isEmpty())) {
      return calls == 1 && found.adjacent() ? Confidence.MEDIUM : Confidence.LOW;
    }
    if (calls == 1) {
      return found.adjacent() ? Confidence.HIGH : Confidence.MEDIUM;
    }
    return calls == 2 && found.adjacent() ? Confidence.MEDIUM : Confidence.LOW;
  }

  private static String called(Expr call) {
    return call.callee().isEmpty() ? call.operand(0).text() + "()" : call.callee() + "()";
  }
}
