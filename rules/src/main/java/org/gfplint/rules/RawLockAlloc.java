package org.gfplint.rules;

import java.util.List;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Violation;

/** Any request where not even one that does not block may be made: PREEMPT_RT, and NMIs. */
final class RawLockAlloc extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP302",
        "raw-lock-alloc",
        Level.WARNING,
        "an allocation under a raw spinlock or with interrupts off on PREEMPT_RT (--rt)");
  }

  @Override
  public boolean asksForContexts() {
    return true;
  }

  @Override
  List<Request> requests(FlowAnalysis analysis) {
    return analysis.atomicRequests();
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    return violation.kind() == Violation.Kind.ALLOCATES_IN_RAW_CONTEXT;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    report.confidence(inContext(request));
  }
}
