package org.gfplint.rules;

import java.util.List;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.LostScope;
import org.gfplint.flow.Request;

/** Work that another task does, without the scope that this one is in and waits for it in. */
final class ScopeLost implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP205",
        "scope-lost",
        Level.WARNING,
        "work that is waited for inside a scope and allocates without it");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (LostScope lost : analysis.lostScopes()) {
      sink.accept(finding(analysis, lost));
    }
  }

  private Finding finding(FlowAnalysis analysis, LostScope lost) {
    Request request = lost.request();
    String callback = analysis.program().name(lost.callback());
    String mask = analysis.model().describe(request.mask());
    String scope = lost.scopes().get(0).scope().kind().spelling();
    Report report =
        new Report(analysis, info(), lost.function(), lost.start().span())
            .facts(List.of(lost.fact()))
            .confidence(confidence(lost))
            .identity(lost.start());
    lost.scopes().forEach(report::cover);
    report.step(lost.function(), lost.start().span(), "calls " + lost.start().text());
    report.calls(lost.startPath());
    report.step(
        lost.function(),
        lost.waiting().span(),
        "waits for it inside the scope: " + lost.waiting().text());
    report.calls(lost.waitPath());
    if (lost.registered() != null) {
      report.step(lost.registeredIn(), lost.registered(), "has it run " + callback + "()");
    }
    report.calls(lost.path());
    report.step(
        request.function(),
        request.call().span(),
        request.call().callee() + "() with " + mask + ", in the other task");
    return report.finding(
        callback
            + "() runs in another task, outside of the "
            + scope
            + " scope, and "
            + request.call().callee()
            + "() there uses "
            + mask
            + "; this task waits for it inside the scope, in line "
            + lost.waiting().span().line());
  }

  /** What helpers do is less plain: they may do it for somebody else. */
  private static Confidence confidence(LostScope lost) {
    boolean direct = lost.startPath().isEmpty() && lost.waitPath().isEmpty();
    return direct && lost.own() && lost.certain() ? Confidence.HIGH : Confidence.MEDIUM;
  }
}
