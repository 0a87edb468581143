package org.gfplint.rules;

import org.gfplint.facts.Expr;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.AllocationSize;
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
  boolean reports(FlowAnalysis analysis, Request request, Violation violation) {
    return violation.kind() == Violation.Kind.NOFAIL_ORDER
        && (violation.certain() || request.size().isKnown() || isComputed(request));
  }

  /** Whether the size is put together from several values, so that it can well be large. */
  private static boolean isComputed(Request request) {
    return request.sizeText().size() > 1
        || request.sizeText().stream().anyMatch(e -> e.is(Expr.Kind.BINARY) && !isOfTypes(e));
  }

  /** A few objects, one after the other, of types that may not be known. */
  private static boolean isOfTypes(Expr e) {
    return e.is(Expr.Kind.SIZEOF)
        || e.is(Expr.Kind.NUMBER)
        || e.isBinary("+") && e.operands().stream().allMatch(NofailOrder::isOfTypes);
  }

  /** Then both ends of the range were named; a range of bytes often comes from some sizeof. */
  private static boolean isWholePages(Request request) {
    return request.size().isKnown() && request.size().minBytes() >= AllocationSize.PAGE_SIZE;
  }

  @Override
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {
    if (!violation.certain()) {
      report
          .level(Level.WARNING)
          .confidence(isWholePages(request) ? Confidence.MEDIUM : Confidence.LOW);
    }
  }
}
