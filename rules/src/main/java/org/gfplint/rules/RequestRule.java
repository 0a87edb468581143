package org.gfplint.rules;

import java.util.List;
import java.util.function.Consumer;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Violation;

/**
 * A rule about single requests: the model says what is wrong with each, the rule picks its kind.
 */
abstract class RequestRule implements Rule {
  /** Calls between a context and the request that still leave no doubt. */
  private static final int FEW_CALLS = 2;

  private static final int SOME_CALLS = 4;
  private static final int MANY_CALLS = 6;

  /** Functions that calls through pointers may mean and that still are worth a look each. */
  private static final int FEW_TARGETS = 4;

  private static final int MANY_TARGETS = 8;

  @Override
  public void check(FlowAnalysis analysis, Consumer<Finding> sink) {
    check(analysis, sink, request -> {});
  }

  /**
   * Checks every request.
   *
   * @param reported told of those that something was found of
   */
  final void check(FlowAnalysis analysis, Consumer<Finding> sink, Consumer<Request> reported) {
    for (Request request : requests(analysis)) {
      AllocationRequest asked = request.toModel();
      ExecutionContext context = request.context();
      for (Violation violation : analysis.violations(asked, context)) {
        if (reports(analysis, request, violation)) {
          Report report =
              new Report(analysis, info(), request.function(), request.call().span())
                  .facts(violation.facts())
                  .wayTo(request)
                  .identity(request.call(), request.mask());
          adjust(analysis, report, request, violation);
          sink.accept(report.finding(violation.why()));
          reported.accept(request);
        }
      }
    }
  }

  /** The requests to look at. */
  List<Request> requests(FlowAnalysis analysis) {
    return analysis.requests().stream().map(Request::anywhere).toList();
  }

  abstract boolean reports(FlowAnalysis analysis, Request request, Violation violation);

  /** Sets level and confidence where they differ from the rule's own, and adds a remedy. */
  void adjust(FlowAnalysis analysis, Report report, Request request, Violation violation) {}

  /** How sure it is that the request is made in the contexts it is said to be made in. */
  static Confidence inContext(Request request) {
    int calls = request.approach().size() + request.path().size();
    boolean certain = request.held().stream().allMatch(Request.Context::certain);
    boolean far = calls > SOME_CALLS && request.indirect() > FEW_TARGETS;
    if (far || calls > MANY_CALLS || request.indirect() > MANY_TARGETS || request.choice()) {
      return Confidence.LOW;
    }
    return calls > FEW_CALLS || !certain || request.indirect() > 0
        ? Confidence.MEDIUM
        : Confidence.HIGH;
  }
}
