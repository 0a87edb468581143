package org.gfplint.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that a misspelled one was probably meant to be. */
final class NearestNames {
  private static final int AT_MOST = 3;

  private NearestNames() {}

  /** "; did you mean A or B?", or nothing if no name is near. */
  static String suggestion(List<String> near) {
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  /** The nearest names, best first, at most three. */
  static List<String> to(String written, Collection<String> names) {
    String wanted = bare(written);
    int tolerance = Math.max(1, wanted.length() / 3);
    record Candidate(String name, int distance, int spelling) {}
    List<Candidate> candidates = new ArrayList<>();
    for (String name : names) {
      int distance = distance(wanted, bare(name));
      if (distance <= tolerance) {
        candidates.add(new Candidate(name, distance, distance(written, name)));
      }
    }
    candidates.sort(
        Comparator.comparingInt(Candidate::distance)
            .thenComparingInt(Candidate::spelling)
            .thenComparing(Candidate::name));
    return candidates.stream().limit(AT_MOST).map(Candidate::name).toList();
  }

  /** Case and leading underscores are what people get wrong first. */
  private static String bare(String name) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '_') {
      start++;
    }
    return name.substring(start).toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours between two names. */
  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
      }
    }
    return rows[a.length()][b.length()];
  }
}
