package org.gfplint.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.gfplint.facts.Span;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.Redundancy;

/** A restricted mask that is only ever used inside a scope that restricts as much. */
final class ScopeRedundant implements Rule {
  /** Requests that one call makes, whichever way control gets there. */
  private record Place(int function, Span call) {}

  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP202",
        "scope-redundant",
        Level.NOTE,
        "an explicit GFP_NOFS or GFP_NOIO that is always inside a scope that says as much");
  }

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    Map<Place, List<Request>> requests = new LinkedHashMap<>();
    for (Request each : analysis.requests()) {
      Request request = each.anywhere();
      if (request.call().span() != null) {
        requests
            .computeIfAbsent(
                new Place(request.function(), request.call().span()), p -> new ArrayList<>(1))
            .add(request);
      }
    }
    requests.forEach((place, found) -> report(analysis, found, sink));
  }

  private void report(FlowAnalysis analysis, List<Request> all, Consumer<Finding> sink) {
    List<Request> requests = analysis.redundantOnEveryWay(all);
    if (requests.isEmpty()) {
      return;
    }
    Request first = requests.get(0);
    Redundancy redundancy = analysis.redundancy(first).orElseThrow();
    Report report =
        new Report(analysis, info(), first.function(), first.call().span())
            .facts(List.of(redundancy.fact()))
            .wayTo(first)
            .identity(first.call(), first.mask());
    if (first.scopes().isEmpty()) {
      report.confidence(Confidence.MEDIUM);
    }
    ScopeRemedy.unrestrict(analysis, first).ifPresent(report::remedy);
    sink.accept(report.finding(redundancy.why() + condition(requests)));
  }

  /** What it takes for the scopes to be open at all, if anything. */
  private static String condition(List<Request> requests) {
    Set<String> conditions = new TreeSet<>(Comparator.reverseOrder());
    for (Request request : requests) {
      request.scopes().forEach(s -> conditions.addAll(s.clauses()));
      request.covers().forEach(c -> conditions.addAll(c.scope().clauses()));
    }
    return conditions.isEmpty()
        ? ""
        : "; that is, provided that " + String.join(" and ", conditions);
  }
}
