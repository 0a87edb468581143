package org.gfplint.rules;

import java.util.List;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Violation;

/** A request that may sleep where the context forbids it, at any call depth. */
final class SleepInAtomic extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP301",
        "sleep-in-atomic",
        Level.ERROR,
        "an allocation that may sleep where a lock, an interrupt or the like forbids it");
  }

  @Override
  List<Request> requests(FlowAnalysis analysis) {
    return analysis.atomicRequests();
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    // While the kernel starts nobody checks, and nothing else runs that could wait.
    boolean atBoot =
        request.held().stream()
            .anyMatch(c -> analysis.program().name(c.function()).equals("start_kernel"));
    return violation.kind() == Violation.Kind.SLEEPS_IN_ATOMIC && !atBoot;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    report.confidence(inContext(request));
  }
}
