package org.gfplint.rules;

import java.util.Map;

/**
 * How many findings of a rule, at high confidence, are right: as read on a real kernel
 * (docs/precision-6.12.md), or, where that was not done, as the rule's way of looking allows. Words
 * that hosts of code reviews sort by.
 */
public enum RulePrecision {
  /** Nine of ten and more. */
  HIGH("high"),
  /** About half and more. */
  MEDIUM("medium"),
  LOW("low");

  private static final Map<String, RulePrecision> MEASURED =
      Map.of("GFP104", LOW, "GFP304", MEDIUM);

  private final String label;

  RulePrecision(String label) {
    this.label = label;
  }

  /** As SARIF's readers have it. */
  public String label() {
    return label;
  }

  /** That of a rule. */
  public static RulePrecision of(RuleInfo rule) {
    return MEASURED.getOrDefault(rule.id(), HIGH);
  }
}
