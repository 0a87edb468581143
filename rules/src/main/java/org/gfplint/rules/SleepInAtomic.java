package org.gfplint.rules;

import java.util.List;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.flow.SleepingCall;
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
  public boolean asksForContexts() {
    return true;
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    super.check(analysis, sink);
    for (SleepingCall found : analysis.sleepingCalls()) {
      Report report =
          new Report(analysis, info(), found.function(), found.call().span())
              .facts(found.sleeper().facts())
              .identity(found.call());
      for (Request.Context context : found.held()) {
        report.step(context.in(), context.entered(), context.how());
      }
      report.calls(found.approach());
      if (!found.approach().isEmpty()) {
        report.confidence(Confidence.MEDIUM);
      }
      String reason = found.contexts().iterator().next().reason();
      sink.accept(report.finding(found.call().callee() + "() may sleep, but " + reason));
    }
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
