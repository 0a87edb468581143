package org.gfplint.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Effect;
import org.gfplint.model.Violation;

/** __GFP_NOFAIL on a request that cannot block, by its mask or by where it is made. */
final class NofailNonblocking extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP104",
        "nofail-nonblocking",
        Level.ERROR,
        "__GFP_NOFAIL on a request that cannot reclaim, by its mask or by where it is made");
  }

  @Override
  List<Request> requests(FlowAnalysis analysis) {
    Set<Request> all = new LinkedHashSet<>(analysis.requests());
    all.addAll(analysis.atomicRequests());
    return List.copyOf(all);
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    return violation.kind() == Violation.Kind.NOFAIL_CANNOT_BLOCK;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    // The mask alone decides where the kernel warns; elsewhere it is a matter of the way there.
    if (violation.effect() == Effect.SLEEP) {
      report.confidence(inContext(request));
    } else if (request.choice()) {
      report.confidence(Confidence.LOW);
    }
  }
}
