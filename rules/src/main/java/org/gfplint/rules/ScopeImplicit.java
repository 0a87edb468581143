package org.gfplint.rules;

import org.gfplint.finding.Confidence;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Effect;
import org.gfplint.model.Violation;

/**
 * A request that its task scope narrows: the intended use of scopes, unless the difference bites.
 */
final class ScopeImplicit extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP201", "scope-implicit", Level.NOTE, "a mask wider than the task scope it runs in");
  }

  @Override
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    Violation.Kind kind = violation.kind();
    return kind == Violation.Kind.SCOPE_NARROWS || kind == Violation.Kind.SCOPE_BITES;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    if (violation.kind() == Violation.Kind.SCOPE_BITES) {
      // NOFAIL inside a NOFS scope is an accepted way to say both.
      report.level(violation.effect() == Effect.RESERVES ? Level.WARNING : Level.NOTE);
    } else if (isWrapped(request)) {
      report.confidence(Confidence.LOW);
    }
  }

  /** Whoever opens a scope for the very next call knows what it does to the mask. */
  private static boolean isWrapped(Request request) {
    if (request.scopes().isEmpty()) {
      return false;
    }
    Request.Scope innermost = request.scopes().get(request.scopes().size() - 1);
    int lines = request.call().span().line() - innermost.opened().line();
    return innermost.function() == request.function() && lines >= 0 && lines <= 1;
  }
}
