package org.gfplint.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Location;

/** Takes what rules report, keeps one finding for each place and rule, and puts them in order. */
final class FindingCollector implements Consumer<Finding> {
  private record Key(String rule, Location location) {}

  private final Predicate<String> paths;
  private final Map<Key, Finding> findings = new HashMap<>();

  /**
   * A collector.
   *
   * @param paths files to report on; what lies elsewhere is dropped
   */
  FindingCollector(Predicate<String> paths) {
    this.paths = paths;
  }

  @Override
  public void accept(Finding finding) {
    if (paths.test(finding.location().path())) {
      findings.merge(
          new Key(finding.ruleId(), finding.location()), finding, FindingCollector::plainer);
    }
  }

  /** Several ways to one place: the surest, then the worst, then the shortest. */
  private static Finding plainer(Finding one, Finding other) {
    Comparator<Finding> order =
        Comparator.comparing(Finding::confidence)
            .thenComparing(Finding::level)
            .thenComparing(f -> f.trace().size())
            .thenComparing(Comparator.naturalOrder());
    return order.compare(one, other) <= 0 ? one : other;
  }

  /** In order of place; the same code twice in a function is told apart by number. */
  List<Finding> inOrder() {
    List<Finding> sorted = new ArrayList<>(findings.values());
    sorted.sort(null);
    Map<Fingerprint, Integer> seen = new HashMap<>();
    List<Finding> result = new ArrayList<>(sorted.size());
    for (Finding f : sorted) {
      int ordinal = seen.merge(f.fingerprint(), 1, Integer::sum);
      result.add(f.withFingerprint(f.fingerprint().withOrdinal(ordinal)));
    }
    return List.copyOf(result);
  }
}
