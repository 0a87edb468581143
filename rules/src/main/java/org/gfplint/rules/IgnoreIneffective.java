package org.gfplint.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gfplint.facts.IgnoreComment;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;

/**
 * An ignore comment that cannot have an effect. Those that have none because nothing is found at
 * their place are known only after all other rules ran: see {@link IgnoreComments#unused}.
 */
final class IgnoreIneffective implements Rule {
  static final RuleInfo INFO =
      new RuleInfo(
          "GFP901",
          "ignore-ineffective",
          Level.WARNING,
          "an ignore comment without a reason, of no rule, or with nothing to ignore");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    for (Map.Entry<Integer, List<IgnoreComment>> file : analysis.program().ignores().entrySet()) {
      for (IgnoreComment comment : file.getValue()) {
        problem(comment)
            .ifPresent(
                message ->
                    sink.accept(
                        IgnoreComments.finding(
                            analysis.program(), file.getKey(), comment, message)));
      }
    }
  }

  private static Optional<String> problem(IgnoreComment comment) {
    if (comment.rules().isEmpty()) {
      return Optional.of(
          "this comment names no rule and has no effect: write 'gfplint: ignore[RULE] REASON'");
    }
    for (String name : IgnoreComments.names(comment)) {
      if (Rules.find(name).isEmpty()) {
        return Optional.of("there is no rule '" + name + "' to ignore");
      }
    }
    return comment.reason().isEmpty()
        ? Optional.of("this comment gives no reason and has no effect: say behind the ']' why")
        : Optional.empty();
  }
}
