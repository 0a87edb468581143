package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Effect;
import org.gfplint.model.Violation;

/** A vmalloc-family request whose page tables or other internals ignore its mask. */
final class VmallocRestricted extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP101",
        "vmalloc-restricted",
        Level.ERROR,
        "a restricted mask that vmalloc does not keep: something inside does what the mask forbids");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    VmallocWrappers wrappers = new VmallocWrappers(analysis, info());
    check(analysis, sink, wrappers::reported);
    wrappers.report(sink);
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    // At boot nobody else runs and interrupts are on: a mask that forbids sleeping is a formality.
    boolean atBoot =
        violation.effect() == Effect.SLEEP && analysis.program().isInit(request.function());
    return violation.kind() == Violation.Kind.RESTRICTION_IGNORED && !atBoot;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    ScopeRemedy.wrap(analysis, request, violation).ifPresent(report::remedy);
    // Whoever opens a scope around it knows that vmalloc blocks; where it must not, that is said
    // of the context.
    if (violation.effect() == Effect.SLEEP && !request.scopes().isEmpty()) {
      report.level(Level.WARNING).confidence(Confidence.LOW);
    }
  }
}
