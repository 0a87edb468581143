package org.gfplint.rules;

import java.util.List;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Needless;
import org.gfplint.flow.Request;
import org.gfplint.model.Fact;

/** A mask that forbids what no way to the request forbids. */
abstract class NeedlessRule implements Rule {
  /** Ways that a trace shows. */
  private static final int MOST_WAYS = 3;

  private static final int FEW_CALLS = 2;

  @Override
  public final boolean asksForContexts() {
    return true;
  }

  @Override
  public final void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (Needless needless : find(analysis)) {
      Request request = needless.request();
      Report report =
          new Report(analysis, info(), request.function(), request.call().span())
              .confidence(confidence(needless))
              .facts(facts(needless))
              .identity(request.call());
      List<Needless.Way> ways = needless.ways();
      for (Needless.Way way : ways.subList(0, Math.min(MOST_WAYS, ways.size()))) {
        String callback = analysis.program().name(way.callback()) + "()";
        report.step(
            way.in(),
            way.place(),
            way.entry() == null
                ? callback + " runs when its module is loaded"
                : callback + " is called back as " + way.entry().where());
        report.calls(way.calls());
      }
      report.wayTo(request);
      sink.accept(
          report.finding(
              request.call().callee()
                  + "() with "
                  + analysis.model().describe(request.mask())
                  + ": "
                  + why(analysis, needless)));
    }
  }

  private static List<Fact> facts(Needless needless) {
    return needless.ways().stream()
        .filter(w -> w.entry() != null)
        .map(w -> w.entry().fact())
        .distinct()
        .limit(MOST_WAYS)
        .toList();
  }

  private static Confidence confidence(Needless needless) {
    int calls =
        needless.request().path().size()
            + needless.ways().stream().mapToInt(w -> w.calls().size()).max().orElse(0);
    return calls <= FEW_CALLS ? Confidence.HIGH : Confidence.MEDIUM;
  }

  abstract List<Needless> find(FlowAnalysis analysis);

  /** What the ways have in common, and what would do. */
  abstract String why(FlowAnalysis analysis, Needless needless);

  static String all(int ways) {
    return ways == 1 ? "the only way here" : "each of the " + ways + " ways here";
  }
}
