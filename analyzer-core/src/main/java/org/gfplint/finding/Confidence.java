package org.gfplint.finding;

/** How sure the analysis is that a finding is real, surest first. */
public enum Confidence {
  HIGH,
  MEDIUM,
  LOW;

  /** The word that reports and options use: "high", "medium" or "low". */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The less sure of the two. */
  public Confidence and(Confidence other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
