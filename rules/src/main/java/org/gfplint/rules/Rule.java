package org.gfplint.rules;

import java.util.function.Consumer;
import org.gfplint.finding.Finding;
import org.gfplint.flow.FlowAnalysis;

/** One kind of misuse. Rules hold no version number and no flag logic: the model decides. */
public interface Rule {
  RuleInfo info();

  /**
   * Whether it asks where nothing may sleep. What locks do is followed only if some rule of a run
   * asks. The others find the same either way, but where a function has too many paths to follow
   * them all: without locks there are fewer.
   */
  default boolean asksForContexts() {
    return false;
  }

  /** Reports every place where the rule is broken, in any order; the same place may come twice. */
  void check(FlowAnalysis analysis, Consumer<Finding> sink);
}
