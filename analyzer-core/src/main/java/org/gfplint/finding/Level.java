package org.gfplint.finding;

/** How bad a finding is, worst first. */
public enum Level {
  ERROR,
  WARNING,
  NOTE;

  /** The word that reports print: "error", "warning" or "note". */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
