package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Finding;
import org.gfplint.flow.FlowAnalysis;

/** One kind of misuse. Rules hold no version number and no flag logic: the model decides. */
public interface Rule {
  RuleInfo info();

  /** Reports every place where the rule is broken, in any order; the same place may come twice. */
  void check(FlowAnalysis analysis, Consumer<Finding> sink);
}
