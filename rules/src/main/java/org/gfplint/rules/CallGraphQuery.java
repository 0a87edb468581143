package org.gfplint.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gfplint.facts.Span;
import org.gfplint.finding.Location;
import org.gfplint.flow.CallerSearch;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request.Context;
import org.gfplint.flow.Request.Scope;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.EntryContext;
import org.gfplint.model.KernelVersion;
import org.gfplint.program.Program;

/** Who reaches a function, in which contexts and with which masks; or how it reaches another. */
public final class CallGraphQuery {
  /** Contexts that one function is reached in; beyond that they are not told apart. */
  private static final int MOST_CONTEXTS = 12;

  private CallGraphQuery() {}

  /**
   * What to look for.
   *
   * @param function its name
   * @param to the function to find a way to; empty for who reaches {@code function}
   * @param depth how many calls to go up
   * @param most how many functions to show at most
   */
  public record Request(String function, Optional<String> to, int depth, int most) {}

  /**
   * A function that was found.
   *
   * @param id number among those that were found; 0 is the one that was asked for
   * @param place its name in the source
   * @param entries how the kernel calls it back
   * @param unseen whether it may be called from where that is not seen
   * @param contexts contexts that it is reached in, as far as that was found, in words
   */
  public record Node(
      int id,
      String name,
      Location place,
      List<Entry> entries,
      boolean unseen,
      List<String> contexts) {}

  /** A place where a function is made known to the kernel, and in which context it is called. */
  public record Entry(String where, String context, boolean certain, Location place) {}

  /**
   * A call.
   *
   * @param text it in C
   * @param held contexts and scopes that its function enters before, in words
   * @param masks masks among its arguments
   * @param candidates how many functions it can mean if it goes through a pointer, else 0
   */
  public record Edge(
      int from,
      int to,
      Location place,
      String text,
      List<String> held,
      List<String> masks,
      int candidates) {}

  /**
   * What was found.
   *
   * @param complete false if there is more than was asked for
   */
  public record Result(
      KernelVersion version, List<Node> nodes, List<Edge> edges, boolean complete) {}

  /**
   * Looks.
   *
   * @throws InputException if there is no such function, or no way between the two
   */
  public static Result run(Request request, FlowAnalysis analysis) {
    Search search = new Search(analysis, request);
    search.run();
    return new Result(
        analysis.model().version(), search.nodes(), List.copyOf(search.edges), search.complete);
  }

  /** One search. */
  private static final class Search {
    final FlowAnalysis analysis;
    final Program program;
    final CallerSearch callers;
    final Request request;
    final Map<Integer, Integer> ids = new LinkedHashMap<>();
    final List<Edge> edges = new ArrayList<>();
    final Map<Integer, Set<Set<AtomicContext>>> reached = new HashMap<>();
    final Set<Integer> unknown = new LinkedHashSet<>();
    boolean complete = true;

    Search(FlowAnalysis analysis, Request request) {
      this.analysis = analysis;
      this.program = analysis.program();
      this.callers = analysis.callers();
      this.request = request;
    }

    void run() {
      List<Integer> asked = functions(request.function());
      if (request.to().isEmpty()) {
        up(asked);
        return;
      }
      List<CallerSearch.Call> path =
          callers
              .path(asked, functions(request.to().get()))
              .orElseThrow(
                  () ->
                      new InputException(
                          "no call is seen that leads from "
                              + request.function()
                              + "() to "
                              + request.to().get()
                              + "()"));
      for (int i = 0; i < path.size(); i++) {
        CallerSearch.Call call = path.get(i);
        int next =
            i + 1 < path.size() ? path.get(i + 1).function() : functions(request.to().get()).get(0);
        edges.add(edge(call, id(call.function()), id(next)));
      }
    }

    private List<Integer> functions(String name) {
      List<Integer> found = callers.functions(name);
      if (found.isEmpty()) {
        List<String> like = callers.namesLike(name);
        throw new InputException(
            "there is no function "
                + name
                + "() in what was read"
                + (like.isEmpty()
                    ? ""
                    : "; there is " + like.stream().limit(5).collect(Collectors.joining(", "))));
      }
      return found;
    }

    private int id(int function) {
      return ids.computeIfAbsent(function, f -> ids.size());
    }

    private void up(List<Integer> asked) {
      record Step(int function, int depth) {}
      record Way(int from, int to, Set<AtomicContext> held) {}
      Deque<Step> work = new ArrayDeque<>();
      List<Way> ways = new ArrayList<>();
      asked.forEach(
          f -> {
            id(f);
            work.add(new Step(f, 0));
          });
      while (!work.isEmpty()) {
        Step step = work.poll();
        List<CallerSearch.Call> calls = callers.calls(step.function);
        if (step.depth == request.depth() && !calls.isEmpty()) {
          complete = false;
          unknown.add(step.function);
          continue;
        }
        for (CallerSearch.Call call : calls) {
          if (!ids.containsKey(call.function())) {
            if (ids.size() >= request.most()) {
              complete = false;
              unknown.add(step.function);
              continue;
            }
            work.add(new Step(call.function(), step.depth + 1));
          }
          edges.add(edge(call, id(call.function()), id(step.function)));
          Set<AtomicContext> held = new TreeSet<>();
          call.held().forEach(h -> held.addAll(h.contexts()));
          ways.add(new Way(call.function(), step.function, held));
        }
      }
      for (int function : ids.keySet()) {
        for (CallerSearch.Entry entry : callers.entries(function)) {
          reach(function, new TreeSet<>(entry.context().contexts()));
        }
        if (callers.hasUnseenCallers(function)) {
          unknown.add(function);
        }
      }
      boolean changed = true;
      while (changed) {
        changed = false;
        for (Way way : ways) {
          for (Set<AtomicContext> outer : List.copyOf(reached.getOrDefault(way.from, Set.of()))) {
            Set<AtomicContext> inner = new TreeSet<>(outer);
            inner.addAll(way.held);
            changed |= reach(way.to, inner);
          }
          if (unknown.contains(way.from)) {
            if (way.held.isEmpty()) {
              changed |= unknown.add(way.to);
            } else {
              changed |= reach(way.to, way.held);
            }
          }
        }
      }
    }

    private boolean reach(int function, Set<AtomicContext> contexts) {
      Set<Set<AtomicContext>> known = reached.computeIfAbsent(function, f -> new LinkedHashSet<>());
      return known.size() < MOST_CONTEXTS && known.add(contexts);
    }

    private Edge edge(CallerSearch.Call call, int from, int to) {
      List<String> held = new ArrayList<>();
      for (Context context : call.held()) {
        held.add(
            context.how()
                + (context.contexts().isEmpty() ? "" : " [" + words(context.contexts()) + "]"));
      }
      for (Scope scope : call.scopes()) {
        held.add("a " + scope.kind().spelling() + " scope");
      }
      return new Edge(
          from,
          to,
          location(call.function(), call.call().span()),
          call.call().text(),
          List.copyOf(held),
          call.masks().stream().map(m -> analysis.model().describe(m)).toList(),
          call.candidates());
    }

    private static String words(Set<AtomicContext> contexts) {
      return contexts.isEmpty()
          ? "process"
          : new TreeSet<>(contexts)
              .stream().map(AtomicContext::spelling).collect(Collectors.joining("+"));
    }

    List<Node> nodes() {
      List<Node> nodes = new ArrayList<>();
      ids.forEach(
          (function, id) -> {
            List<String> contexts = new ArrayList<>();
            reached.getOrDefault(function, Set.of()).forEach(c -> contexts.add(words(c)));
            Collections.sort(contexts);
            if (unknown.contains(function)) {
              contexts.add("unknown");
            }
            nodes.add(
                new Node(
                    id,
                    program.name(function),
                    location(function, program.facts(function).span()),
                    callers.entries(function).stream().map(this::entry).toList(),
                    callers.hasUnseenCallers(function),
                    List.copyOf(contexts)));
          });
      return List.copyOf(nodes);
    }

    private Entry entry(CallerSearch.Entry entry) {
      EntryContext context = entry.context();
      return new Entry(
          context.where(),
          words(context.contexts()),
          context.certainty() == EntryContext.Certainty.CERTAIN,
          location(entry.in(), entry.place()));
    }

    private Location location(int function, Span span) {
      return new Location(
          program.path(program.unitOf(function)),
          span.line(),
          span.column(),
          span.endLine(),
          span.endColumn());
    }
  }
}
