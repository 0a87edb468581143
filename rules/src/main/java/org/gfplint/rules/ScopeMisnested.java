package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.CookieElsewhere;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.ScopeAnomaly;
import org.gfplint.model.CookieArithmetic;

/** Scopes whose cookies are restored in the wrong order, twice, as the wrong kind, or lost. */
final class ScopeMisnested implements Rule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP204",
        "scope-misnested",
        Level.ERROR,
        "a scope cookie restored out of order, twice, as the wrong kind, or lost");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (FlowAnalysis.FunctionAnomaly at : analysis.anomalies()) {
      ScopeAnomaly anomaly = at.anomaly();
      String message = message(anomaly, analysis.model().cookies());
      if (message == null) {
        continue;
      }
      Report report =
          new Report(analysis, info(), at.function(), anomaly.place())
              .confidence(anomaly.always() ? Confidence.HIGH : Confidence.MEDIUM)
              .identity(anomaly.kind() + " " + anomaly.scope().spelling());
      if (anomaly.opened() != null && !anomaly.opened().equals(anomaly.place())) {
        report.step(at.function(), anomaly.opened(), "opens the scope in question");
      }
      if (anomaly.related() != null) {
        report.step(at.function(), anomaly.related().opened(), "opens another scope inside it");
      }
      if (!anomaly.place().equals(anomaly.opened())) {
        report.step(at.function(), anomaly.place(), "goes wrong here");
      }
      sink.accept(report.finding(message));
    }
    for (CookieElsewhere cookie : analysis.cookiesElsewhere()) {
      sink.accept(finding(analysis, cookie));
    }
  }

  private Finding finding(FlowAnalysis analysis, CookieElsewhere cookie) {
    Report report =
        new Report(analysis, info(), cookie.function(), cookie.restore())
            .confidence(Confidence.MEDIUM)
            .identity("elsewhere " + cookie.restored().spelling());
    report.step(cookie.saver(), cookie.save(), "opens the " + cookie.saved().spelling() + " scope");
    String saver = analysis.program().name(cookie.saver());
    if (cookie.registered() == null) {
      report.step(cookie.function(), cookie.restore(), "goes wrong here");
      return report.finding(
          "'"
              + cookie.cookie()
              + "' is not the cookie of a "
              + cookie.restored().spelling()
              + " scope, but of the "
              + cookie.saved().spelling()
              + " scope that "
              + saver
              + "() opens: "
              + analysis.model().cookies().mixed(cookie.saved(), cookie.restored()));
    }
    report.step(
        cookie.registeredIn(),
        cookie.registered(),
        "has " + analysis.program().name(cookie.function()) + "() called by somebody else");
    report.step(cookie.function(), cookie.restore(), "goes wrong here");
    return report.finding(
        "'"
            + cookie.cookie()
            + "' is restored by another task than the one that "
            + saver
            + "() saved it for: "
            + cookie.saved().taskFlag()
            + " stays set there, and changes here");
  }

  /** Null for what {@link ScopeUnbalanced} reports. */
  private static String message(ScopeAnomaly anomaly, CookieArithmetic cookies) {
    String cookie = anomaly.cookie();
    String kind = anomaly.scope().spelling();
    switch (anomaly.kind()) {
      case NOT_LAST_IN_FIRST_OUT:
        return "the "
            + kind
            + " scope of '"
            + cookie
            + "' is closed while the one opened inside it, in line "
            + anomaly.related().opened().line()
            + ", is still open: "
            + cookies.crossed(anomaly.open().kind(), anomaly.related().kind());
      case RESTORED_TWICE:
        return "'"
            + cookie
            + "' is restored a second time on this path: "
            + cookies.twice(anomaly.scope());
      case OVERWRITTEN:
        return "'"
            + cookie
            + "' still holds the cookie of an open "
            + kind
            + " scope, which nobody can close any more";
      case IGNORED:
        return "nobody keeps the cookie of this " + kind + " scope, so that it cannot be closed";
      case WRONG_KIND:
        return "'"
            + cookie
            + "' is not the cookie of a "
            + kind
            + " scope, but of a "
            + anomaly.open().kind().spelling()
            + " scope: "
            + cookies.mixed(anomaly.open().kind(), anomaly.scope());
      default:
        return null;
    }
  }
}
