package org.gfplint.rules;

import java.util.List;
import java.util.stream.Stream;
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
  public boolean asksForContexts() {
    return true;
  }

  @Override
  List<Request> requests(FlowAnalysis analysis) {
    return Stream.concat(
            analysis.requests().stream().filter(r -> !r.context().isAtomic()),
            analysis.atomicRequests().stream())
        .toList();
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    // Whoever calls sb_bread() wrote no flag that he could drop; that it sleeps is said elsewhere.
    return violation.kind() == Violation.Kind.NOFAIL_CANNOT_BLOCK
        && request.api().maskArgument().isPresent();
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
