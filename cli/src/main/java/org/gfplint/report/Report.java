package org.gfplint.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gfplint.finding.Finding;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;

/**
 * What a writer writes down.
 *
 * @param result the whole run
 * @param findings those of the run to act on, in order of place
 * @param suppressed those that comments say to ignore, in order of place
 * @param known those that the baseline has, in order of place; empty if the run was compared with
 *     none
 * @param gone what the baseline has and the run would have found, were it still there
 * @param rules the rules that ran, in order of id
 * @param toolVersion of gfplint itself
 * @param exitCode what the run ends with
 */
public record Report(
    Check.Result result,
    List<Finding> findings,
    List<Finding> suppressed,
    Optional<List<Finding>> known,
    List<Baseline.Entry> gone,
    List<RuleInfo> rules,
    String toolVersion,
    int exitCode) {
  public Report {
    findings = List.copyOf(findings);
    suppressed = List.copyOf(suppressed);
    known = known.map(List::copyOf);
    gone = List.copyOf(gone);
    rules = List.copyOf(rules);
  }

  /**
   * Tells apart what to act on and what not.
   *
   * @param all findings of the run that are sure enough, in order of place
   * @param baseline what was there before, if the run is compared with it
   * @param covered whether the run was about all of the file of that path
   */
  public static Report of(
      Check.Result result,
      List<Finding> all,
      Optional<Baseline> baseline,
      Predicate<String> covered,
      List<RuleInfo> rules,
      String toolVersion,
      int exitCode) {
    Set<String> before = baseline.map(Baseline::fingerprints).orElse(Set.of());
    Predicate<Finding> isKnown = f -> before.contains(f.fingerprint().hash());
    List<Finding> suppressed = all.stream().filter(f -> f.suppression().isPresent()).toList();
    List<Finding> rest = all.stream().filter(f -> f.suppression().isEmpty()).toList();
    return new Report(
        result,
        rest.stream().filter(isKnown.negate()).toList(),
        suppressed,
        baseline.map(b -> rest.stream().filter(isKnown).toList()),
        baseline.map(b -> gone(b, result, covered, rules)).orElse(List.of()),
        rules,
        toolVersion,
        exitCode);
  }

  private static List<Baseline.Entry> gone(
      Baseline baseline, Check.Result result, Predicate<String> covered, List<RuleInfo> rules) {
    // However sure: what is less so than before is there all the same.
    Set<String> found =
        result.findings().stream().map(f -> f.fingerprint().hash()).collect(Collectors.toSet());
    Set<String> ran = rules.stream().map(RuleInfo::id).collect(Collectors.toSet());
    return baseline.entries().stream()
        .filter(e -> !found.contains(e.fingerprint()))
        .filter(e -> ran.contains(e.rule()) && covered.test(e.path()))
        .toList();
  }

  /** The same, ending otherwise. */
  public Report withExitCode(int newExitCode) {
    return new Report(result, findings, suppressed, known, gone, rules, toolVersion, newExitCode);
  }

  /** Every finding there is, in order of place. */
  public List<Finding> all() {
    Set<Finding> all = new TreeSet<>(findings);
    all.addAll(suppressed);
    known.ifPresent(all::addAll);
    return List.copyOf(all);
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
