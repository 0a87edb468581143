package org.gfplint.finding;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gfplint.model.Fact;

/**
 * One thing a rule reports.
 *
 * @param ruleId stable id, as in "GFP101"
 * @param message first sentence without a final period; it names the call, the mask and the version
 * @param location the place a person would change
 * @param function the function that {@code location} lies in
 * @param trace the way there in order of execution, ending at the request; empty if the location
 *     says it all
 * @param facts the model facts the verdict rests on
 * @param fingerprint what it is known by when lines move
 * @param remedy what would put it right; empty if that takes thought, or once it became a fix
 * @param fixes changes of the source any one of which puts it right; empty where none is known
 * @param suppression the comment that says to ignore it, if there is one
 */
public record Finding(
    String ruleId,
    Level level,
    Confidence confidence,
    String message,
    Location location,
    String function,
    List<TraceStep> trace,
    List<Fact> facts,
    Fingerprint fingerprint,
    Optional<Remedy> remedy,
    List<Fix> fixes,
    Optional<Suppression> suppression)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::location)
          .thenComparing(Finding::ruleId)
          .thenComparing(Finding::message)
          .thenComparing(Finding::fingerprint);

  public Finding {
    trace = List.copyOf(trace);
    facts = List.copyOf(facts);
    fixes = List.copyOf(fixes);
  }

  /** A finding that nobody knows a mechanical fix for. */
  public Finding(
      String ruleId,
      Level level,
      Confidence confidence,
      String message,
      Location location,
      String function,
      List<TraceStep> trace,
      List<Fact> facts,
      Fingerprint fingerprint) {
    this(
        ruleId,
        level,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        fingerprint,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same finding among others of its fingerprint. */
  public Finding withFingerprint(Fingerprint newFingerprint) {
    return with(level, newFingerprint, remedy, fixes, suppression);
  }

  /** The same finding, taken more or less seriously. */
  public Finding withLevel(Level newLevel) {
    return with(newLevel, fingerprint, remedy, fixes, suppression);
  }

  /** The same finding with a remedy. */
  public Finding withRemedy(Remedy newRemedy) {
    return with(level, fingerprint, Optional.of(newRemedy), fixes, suppression);
  }

  /** The same finding with what became of its remedy. */
  public Finding withFixes(List<Fix> newFixes) {
    return with(level, fingerprint, Optional.empty(), newFixes, suppression);
  }

  /** The same finding with the comment that says to ignore it. */
  public Finding withSuppression(Suppression newSuppression) {
    return with(level, fingerprint, remedy, fixes, Optional.of(newSuppression));
  }

  private Finding with(
      Level newLevel,
      Fingerprint newFingerprint,
      Optional<Remedy> newRemedy,
      List<Fix> newFixes,
      Optional<Suppression> newSuppression) {
    return new Finding(
        ruleId,
        newLevel,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        newFingerprint,
        newRemedy,
        newFixes,
        newSuppression);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
