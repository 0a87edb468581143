package org.gfplint.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Level;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;

/**
 * What is wrong with a vmalloc request is one thing, the place to mend it another: a function that
 * many files hand such masks to should open the scope, and who uses a header's function that
 * decides on the mask is concerned without having said so. Both are notes beside the finding.
 */
final class VmallocWrappers {
  /** A wrapper is the place to mend if so many calls in several files are wrong. */
  private static final int MANY_CALLS = 3;

  private final FlowAnalysis analysis;
  private final RuleInfo rule;
  private final Map<Request.Hop, List<Request>> byAllocation = new LinkedHashMap<>();
  private final Map<Integer, Request> inHeaders = new LinkedHashMap<>();

  VmallocWrappers(FlowAnalysis analysis, RuleInfo rule) {
    this.analysis = analysis;
    this.rule = rule;
  }

  /** A request that was reported where its mask is decided on. */
  void reported(Request request) {
    if (!request.path().isEmpty()) {
      Request.Hop allocation = request.path().get(request.path().size() - 1);
      byAllocation.computeIfAbsent(allocation, a -> new ArrayList<>()).add(request);
    }
    if (file(request.function()).endsWith(".h")) {
      inHeaders.putIfAbsent(request.function(), request);
    }
  }

  void report(Consumer<Finding> sink) {
    byAllocation.forEach(
        (allocation, requests) -> {
          Set<String> files = new TreeSet<>();
          requests.forEach(r -> files.add(file(r.function())));
          if (files.size() > 1 && requests.size() >= MANY_CALLS) {
            sink.accept(wrapper(allocation, requests, files.size()));
          }
        });
    inHeaders.forEach(
        (function, request) -> {
          for (Request.Hop call : analysis.callsTo(function)) {
            if (!file(call.function()).equals(file(function))) {
              sink.accept(user(call, request));
            }
          }
        });
  }

  private Finding wrapper(Request.Hop allocation, List<Request> requests, int files) {
    Report report =
        new Report(analysis, rule, allocation.function(), allocation.call().span())
            .level(Level.NOTE)
            .confidence(Confidence.HIGH)
            .identity(allocation.call());
    for (Request request : requests) {
      report.step(
          request.function(),
          request.call().span(),
          "calls "
              + request.call().callee()
              + "() with "
              + analysis.model().describe(request.mask()));
    }
    return report.finding(
        "%s() does not keep the masks that %d calls in %d files hand to %s(): a task scope here would"
            .formatted(
                allocation.call().callee(),
                requests.size(),
                files,
                analysis.program().name(allocation.function())));
  }

  private Finding user(Request.Hop call, Request request) {
    String function = analysis.program().name(request.function());
    String mask = analysis.model().describe(request.mask());
    return new Report(analysis, rule, call.function(), call.call().span())
        .level(Level.NOTE)
        .confidence(Confidence.HIGH)
        .identity(call.call())
        .step(call.function(), call.call().span(), "calls " + call.call().text())
        .wayTo(request)
        .finding(
            function
                + "() asks "
                + request.api().name()
                + "() for "
                + mask
                + ", which is not kept in this version");
  }

  private String file(int function) {
    return analysis.program().path(analysis.program().unitOf(function));
  }
}
