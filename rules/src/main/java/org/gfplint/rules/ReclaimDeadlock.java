package org.gfplint.rules;

import java.util.List;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.Deadlock;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ReclaimKind;

/** A request that may enter reclaim with a lock held that reclaim waits for. */
final class ReclaimDeadlock implements Rule {
  /** Calls, on both sides together, that still leave no doubt. */
  private static final int FEW_CALLS = 3;

  private static final int MANY_CALLS = 7;

  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP304",
        "reclaim-deadlock",
        Level.ERROR,
        "a request that may enter reclaim while a lock is held that such reclaim takes");
  }

  @Override
  public boolean asksForContexts() {
    return true;
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (Deadlock found : analysis.reclaimDeadlocks()) {
      Request request = found.request();
      Deadlock.Taken taken = found.taken();
      String callback = analysis.program().name(taken.callback()) + "()";
      Report report =
          new Report(analysis, info(), request.function(), request.call().span())
              .confidence(confidence(found))
              .facts(List.of(taken.entry().fact()))
              .wayTo(request)
              .identity(request.call())
              .step(
                  request.function(),
                  request.call().span(),
                  request.call().callee()
                      + "() may enter "
                      + reclaim(found)
                      + " with "
                      + analysis.model().describe(request.mask()))
              .step(
                  taken.registeredIn(),
                  taken.registered(),
                  "reclaim calls " + callback + " as " + taken.entry().where());
      List<Request.Hop> path = taken.path();
      for (Request.Hop hop : path.subList(0, path.size() - 1)) {
        report.step(hop.function(), hop.call().span(), "which calls " + hop.call().text());
      }
      Request.Hop lock = path.get(path.size() - 1);
      report.step(
          lock.function(),
          lock.call().span(),
          lock.call().text() + " waits for " + found.lock().name() + ", which is held");
      sink.accept(
          report.finding(
              request.call().callee()
                  + "() with "
                  + analysis.model().describe(request.mask())
                  + " may enter "
                  + reclaim(found)
                  + " while holding "
                  + found.lock().name()
                  + ", for which reclaim may wait in "
                  + analysis.program().name(lock.function())
                  + "()"));
    }
  }

  private static String reclaim(Deadlock found) {
    return switch (found.taken().kind()) {
      case FS -> "filesystem reclaim";
      case IO -> "reclaim that starts IO";
      default -> "direct reclaim";
    };
  }

  private static Confidence confidence(Deadlock found) {
    Request request = found.request();
    Deadlock.Taken taken = found.taken();
    int calls = request.approach().size() + request.path().size() + taken.path().size();
    int indirect = request.indirect() + taken.indirect();
    boolean certain = taken.entry().certainty() == EntryContext.Certainty.CERTAIN;
    boolean doubtful =
        request.choice()
            || taken.unlikely()
            || found.usuallySafe()
            || !certain && taken.entry().reclaim() == ReclaimKind.FS;
    if (calls > MANY_CALLS || indirect > 1 || doubtful) {
      return Confidence.LOW;
    }
    // That reclaim starts IO is no more than a reason why it may end up with this very device.
    boolean sure = certain && taken.kind() != ReclaimKind.IO;
    return calls > FEW_CALLS || indirect > 0 || !sure ? Confidence.MEDIUM : Confidence.HIGH;
  }
}
