package org.gfplint.rules;

import org.gfplint.finding.Confidence;
import org.gfplint.finding.Level;
import org.gfplint.flow.Request;
import org.gfplint.model.Violation;

/** __GFP_NOFAIL with a size or order for which the kernel warns, fails or loops. */
final class NofailOrder extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP103",
        "nofail-order",
        Level.ERROR,
        "__GFP_NOFAIL for more pages than the allocator supports it for");
  }

  @Override
  boolean reports(Violation.Kind kind) {
    return kind == Violation.Kind.NOFAIL_ORDER;
  }

  @Override
  void adjust(Report report, Request request, Violation violation) {
    if (!violation.certain()) {
      report.level(Level.WARNING).confidence(Confidence.LOW);
    }
  }
}
