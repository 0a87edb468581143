package org.gfplint.report;

import java.util.List;
import org.gfplint.finding.Finding;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;

/**
 * What a writer writes down.
 *
 * @param result the whole run
 * @param findings those of the run to show, in order of place
 * @param rules the rules that ran, in order of id
 * @param toolVersion of gfplint itself
 * @param exitCode what the run ends with
 */
public record Report(
    Check.Result result,
    List<Finding> findings,
    List<RuleInfo> rules,
    String toolVersion,
    int exitCode) {
  public Report {
    findings = List.copyOf(findings);
    rules = List.copyOf(rules);
  }

  /**
   * The rule of that id.
   *
   * @throws IllegalStateException if it did not run
   */
  RuleInfo rule(String id) {
    return rules.stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a finding of " + id + ", which did not run"));
  }
}
