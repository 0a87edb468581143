package org.gfplint.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody who mistyped a name probably meant. */
final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits, if they are few enough for a typing error. */
  static Optional<String> of(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    LevenshteinDistance edits = new LevenshteinDistance(Math.max(2, wanted.length() / 3));
    return known.stream()
        .filter(name -> edits.apply(wanted, name.toLowerCase(Locale.ROOT)) >= 0)
        .min(
            Comparator.<String>comparingInt(
                    name -> edits.apply(wanted, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }
}
