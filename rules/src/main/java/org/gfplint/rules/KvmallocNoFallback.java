package org.gfplint.rules;

import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Violation;

/** A kvmalloc request whose mask silently takes away the vmalloc attempt. */
final class KvmallocNoFallback extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP102",
        "kvmalloc-no-fallback",
        Level.WARNING,
        "a mask with which kvmalloc never tries vmalloc");
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    return violation.kind() == Violation.Kind.FALLBACK_LOST;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    ScopeRemedy.wrap(analysis, request, violation).ifPresent(report::remedy);
  }
}
