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
 * @param identity what stays the same when lines move: rule, path, function, callee, normalised
 *     arguments and ordinal
 * @param remedy what would put it right; empty if that takes thought, or once it became a fix
 * @param fixes changes of the source any one of which puts it right; empty where none is known
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
    String identity,
    Optional<Remedy> remedy,
    List<Fix> fixes)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::location)
          .thenComparing(Finding::ruleId)
          .thenComparing(Finding::message)
          .thenComparing(Finding::identity);

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
      String identity) {
    this(
        ruleId,
        level,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        identity,
        Optional.empty(),
        List.of());
  }

  /** The same finding under another identity. */
  public Finding withIdentity(String newIdentity) {
    return new Finding(
        ruleId,
        level,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        newIdentity,
        remedy,
        fixes);
  }

  /** The same finding with a remedy. */
  public Finding withRemedy(Remedy newRemedy) {
    return new Finding(
        ruleId,
        level,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        identity,
        Optional.of(newRemedy),
        fixes);
  }

  /** The same finding with what became of its remedy. */
  public Finding withFixes(List<Fix> newFixes) {
    return new Finding(
        ruleId,
        level,
        confidence,
        message,
        location,
        function,
        trace,
        facts,
        identity,
        Optional.empty(),
        newFixes);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
