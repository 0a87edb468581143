package org.gfplint.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ExecutionContext;
import org.gfplint.program.Program;

/** Finds requests that are made, at any depth, where nothing may sleep. */
final class AtomicRequests {
  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final SleepSearch search;
  private final Set<Request> found = new LinkedHashSet<>();

  AtomicRequests(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      BiPredicate<AllocationRequest, ExecutionContext> sleeps) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    List<Integer> targets = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (!summary.requests().isEmpty()) {
        targets.add(summary.function());
      }
    }
    search = new SleepSearch(knowledge, graph, graph.distancesTo(targets), sleeps);
  }

  /** In order of the functions where the context begins; requests of those themselves left out. */
  List<Request> find() {
    for (FunctionSummary summary : summaries) {
      for (CallSite call : summary.calls()) {
        for (CallSite.Visit visit : call.visits()) {
          if (!visit.surroundings().held().isEmpty()) {
            List<Request.Context> held =
                RequestPropagation.held(summary.function(), visit.surroundings().held());
            search.below(summary.function(), call, visit, held).ifPresent(found::add);
          }
        }
      }
      for (Registration registration : summary.registrations()) {
        int unit = program.unitOf(summary.function());
        enter(
            unit,
            registration.callback(),
            registration.entry(),
            registration.place(),
            summary.function());
      }
    }
    for (int unit = 0; unit < program.files(); unit++) {
      for (StoredFunction stored : program.fileFacts(unit).stored()) {
        for (EntryContext entry : knowledge.contexts().slots(stored.struct(), stored.field())) {
          Span place = new Span(stored.line(), 1, stored.line(), 1);
          enter(unit, stored.function(), entry, place, -1);
        }
      }
    }
    return List.copyOf(found);
  }

  private void enter(int unit, String callback, EntryContext entry, Span place, int in) {
    int function = graph.resolve(unit, callback);
    if (function < 0 || entry.contexts().isEmpty()) {
      return;
    }
    Request.Context context =
        new Request.Context(
            function,
            entry.contexts(),
            place,
            in < 0 ? function : in,
            callback + "() is called back as " + entry.where(),
            entry.certainty() == EntryContext.Certainty.CERTAIN);
    search.in(function, context).ifPresent(found::add);
  }
}
