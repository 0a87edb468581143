package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.IgnoredMask;

/** A function that takes a mask and allocates with another that may block. */
final class GfpIgnored implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP108",
        "gfp-ignored",
        Level.WARNING,
        "a function that is given a mask and allocates with a fixed one that may block");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (IgnoredMask ignored : analysis.ignoredMasks()) {
      if (ignored.implicit() && !ignored.api().family().equals("vmalloc")) {
        // There is no form of it that takes a mask.
        continue;
      }
      String mask = analysis.model().describe(ignored.mask());
      sink.accept(
          new Report(analysis, info(), ignored.function(), ignored.call().span())
              .confidence(confidence(ignored))
              .identity(ignored.call(), ignored.mask())
              .finding(
                  ignored.call().callee()
                      + "() uses "
                      + (ignored.implicit() ? "implicit " : "")
                      + mask
                      + ", whatever the caller passes as '"
                      + ignored.parameter()
                      + "'"));
    }
  }

  /** A parameter that is used, too, may be meant for something else only. */
  private static Confidence confidence(IgnoredMask ignored) {
    if (ignored.implicit()) {
      return ignored.used() ? Confidence.LOW : Confidence.MEDIUM;
    }
    return ignored.used() ? Confidence.MEDIUM : Confidence.HIGH;
  }
}
