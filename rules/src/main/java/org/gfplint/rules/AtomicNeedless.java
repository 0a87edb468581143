package org.gfplint.rules;

import java.util.List;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Needless;

/** GFP_ATOMIC where every way to the request is known and may sleep. */
final class AtomicNeedless extends NeedlessRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP305",
        "atomic-needless",
        Level.NOTE,
        "GFP_ATOMIC where no caller and no context forbids sleeping");
  }

  @Override
  List<Needless> find(FlowAnalysis analysis) {
    return analysis.needlesslyAtomic();
  }

  @Override
  String why(int ways) {
    return all(ways) + " may sleep, so the request need not fail early nor use the reserves";
  }
}
