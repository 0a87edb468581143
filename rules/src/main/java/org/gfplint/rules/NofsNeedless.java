package org.gfplint.rules;

import java.util.List;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Needless;

/** GFP_NOFS where every way to the request is known and none has to do with a filesystem. */
final class NofsNeedless extends NeedlessRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP306",
        "nofs-needless",
        Level.NOTE,
        "GFP_NOFS where nothing held or entered can be reached from filesystem reclaim");
  }

  @Override
  List<Needless> find(FlowAnalysis analysis) {
    return analysis.needlesslyNofs();
  }

  @Override
  String why(FlowAnalysis analysis, Needless needless) {
    return all(needless.ways().size())
        + " holds nothing that reclaim of a filesystem could wait for";
  }
}
