package org.gfplint.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gfplint.rules.ScopeReport;

/** What the forms of a {@link ScopeReport} say in the same words. */
public final class ScopeWords {
  private ScopeWords() {}

  /** The figures of a report, a clause. */
  public static String totals(ScopeReport.Totals totals) {
    StringBuilder text = new StringBuilder();
    text.append(count(totals.here(), "place opens a scope", "places open a scope"));
    text.append(", ").append(totals.paired()).append(" of them paired with their restore");
    if (totals.here() > 0) {
      text.append(
          String.format(Locale.ROOT, " (%.1f %%)", 100.0 * totals.paired() / totals.here()));
    }
    text.append(", ").append(totals.across()).append(" across functions");
    if (totals.elsewhere() > 0) {
      text.append("; ").append(totals.elsewhere()).append(" more held that are opened elsewhere");
    }
    if (totals.byHand() > 0) {
      text.append("; ").append(count(totals.byHand(), "task flag is set", "task flags are set"));
      text.append(" directly");
    }
    text.append("; ");
    text.append(count(totals.masks(), "restricted mask", "restricted masks"));
    text.append(", ").append(totals.removable()).append(" removable");
    return text.toString();
  }

  /** The save, a clause. */
  public static String save(ScopeReport.Scope scope) {
    return scope.cookie().isEmpty() ? scope.save() : scope.cookie() + " = " + scope.save();
  }

  /** How many requests are inside, a clause. */
  public static String requests(ScopeReport.Scope scope) {
    List<String> parts = new ArrayList<>();
    for (String effect : List.of("redundant", "restricted", "narrowed")) {
      long n = scope.requests(effect);
      if (n > 0) {
        parts.add(n + " " + effect);
      }
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  private static String count(int n, String one, String several) {
    return n + " " + (n == 1 ? one : several);
  }
}
