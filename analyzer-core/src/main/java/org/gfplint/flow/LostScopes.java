package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.Handover;
import org.gfplint.model.ScopeKind;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Finds what one task has another do inside a scope, and waits for there, although the other task
 * is not inside of it and requests memory as if nobody were. For one thread.
 */
final class LostScopes {
  /** How far below the callback a request is looked for. */
  private static final int MAX_DEPTH = 7;

  private final Knowledge knowledge;
  private final Program program;
  private final AllocatorModel model;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final Coverage coverage;
  private final RequestTest narrows;

  /** Whether a request is one that a scope would restrict. */
  interface RequestTest {
    boolean test(Request request, ScopeKind scope);
  }

  /** A call and the scopes it is inside of, by number in its function, and the block it is in. */
  private record Act(Expr call, int block, Set<OpenScope> scopes, Handover handover) {}

  /** What a work item was told to run. */
  private record Callback(int function, Span registered, int registeredIn) {}

  private record Way(List<Request.Hop> path, Request request) {}

  private record Question(int function, List<Value> arguments, ScopeKind scope) {}

  /** Callbacks of work items, by the name that the item goes by. */
  private final Map<String, Set<Callback>> callbacks = new HashMap<>();

  private final Map<Question, Optional<Way>> known = new HashMap<>();

  LostScopes(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      Coverage coverage,
      RequestTest narrows) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.summaries = summaries;
    this.graph = graph;
    this.coverage = coverage;
    this.narrows = narrows;
  }

  /** In order of the functions that start and wait. */
  List<LostScope> find() {
    Set<String> starts = new HashSet<>();
    Set<String> waits = new HashSet<>();
    for (String name : knowledge.contexts().handovers()) {
      switch (knowledge.contexts().handover(name).orElseThrow().step()) {
        case START -> starts.add(name);
        case WAIT -> waits.add(name);
        default -> {}
      }
    }
    List<LostScope> found = new ArrayList<>();
    for (FunctionSummary summary : summaries) {
      if (names(summary, starts) && names(summary, waits) && mayBeInside(summary)) {
        if (callbacks.isEmpty()) {
          findCallbacks();
        }
        look(summary.function(), found);
      }
    }
    return found;
  }

  private static boolean names(FunctionSummary summary, Set<String> names) {
    return summary.plainCallees().stream().anyMatch(names::contains)
        || summary.calls().stream().anyMatch(c -> names.contains(c.callee()))
        || summary.requests().stream().anyMatch(r -> names.contains(r.call().callee()));
  }

  private boolean mayBeInside(FunctionSummary summary) {
    return summary.hasScopes() || !waysInside(summary.function()).isEmpty();
  }

  /** Scopes that some caller has open where it calls the function, or is called itself. */
  private Map<ScopeKind, List<Request.Cover>> waysInside(int function) {
    Map<ScopeKind, List<Request.Cover>> ways = new HashMap<>();
    for (ScopeKind kind : EnumSet.of(ScopeKind.NOFS, ScopeKind.NOIO)) {
      List<Request.Cover> covers = coverage.ways(function, kind);
      if (!covers.isEmpty()) {
        ways.put(kind, covers);
      }
    }
    return ways;
  }

  // ---- what work items run

  private void findCallbacks() {
    for (FunctionSummary summary : summaries) {
      for (Registration registration : summary.registrations()) {
        Expr call = registration.call();
        int argument = registration.entry().argument().orElse(0);
        int callback =
            registration.parameter() >= 0 || argument == 0
                ? -1
                : graph.resolve(program.unitOf(summary.function()), registration.callback());
        if (callback >= 0) {
          for (String name : names(summary.function(), call.arguments().get(0))) {
            callbacks
                .computeIfAbsent(name, n -> new HashSet<>())
                .add(new Callback(callback, call.span(), summary.function()));
          }
        }
      }
    }
  }

  /**
   * What an object goes by: a field by its struct, so far as that is known; a variable of the
   * function by its name.
   */
  private Set<String> names(int function, Expr object) {
    Expr e = object.isUnary("&") ? object.operand(0) : object;
    if (e.is(Expr.Kind.FIELD)) {
      String struct = structOf(function, e.operand(0));
      return Set.of(struct + "." + e.name());
    }
    return e.is(Expr.Kind.NAME) ? Set.of(variable(function, e.name())) : Set.of();
  }

  private String variable(int function, String name) {
    FunctionFacts facts = program.facts(function);
    boolean own =
        facts.parameter(name) >= 0 || facts.locals().stream().anyMatch(v -> v.name().equals(name));
    return own ? name + " in " + function : name + " of " + program.unitOf(function);
  }

  private String structOf(int function, Expr base) {
    FunctionFacts facts = program.facts(function);
    OperandTypes.Typed typed =
        new OperandTypes(program.types(), knowledge.sizes(), program.unitOf(function), facts)
            .typeOf(base);
    return typed == null ? "" : typed.type().replace("*", "").replace("struct ", "");
  }

  private static boolean isSame(Set<String> one, Set<String> other) {
    for (String a : one) {
      for (String b : other) {
        // Of a struct that is not known, the field's name has to do.
        if (a.equals(b)
            || a.startsWith(".") && b.endsWith(a)
            || b.startsWith(".") && a.endsWith(b)) {
          return true;
        }
      }
    }
    return false;
  }

  private Set<Callback> callbacksOf(Set<String> work) {
    Set<Callback> found = new HashSet<>();
    for (String name : work) {
      found.addAll(callbacks.getOrDefault(name, Set.of()));
      if (found.isEmpty() && name.startsWith(".")) {
        callbacks.forEach(
            (known, registered) -> {
              if (known.endsWith(name)) {
                found.addAll(registered);
              }
            });
      } else if (found.isEmpty() && name.contains(".")) {
        String field = name.substring(name.indexOf('.'));
        found.addAll(callbacks.getOrDefault(field, Set.of()));
      }
    }
    return found;
  }

  // ---- starts and waits

  private void look(int function, List<LostScope> found) {
    FunctionSummary summary = new FunctionWalk(knowledge, function, true).walk();
    FunctionFacts facts = program.facts(function);
    List<Act> acts = acts(summary);
    BitSet[] reach = Consistency.reachability(facts.blocks());
    Map<ScopeKind, List<Request.Cover>> outer = waysInside(function);
    for (Act start : acts) {
      if (start.handover.step() != Handover.Step.START) {
        continue;
      }
      Optional<LostScope> lost = Optional.empty();
      for (Act wait : acts) {
        if (lost.isEmpty()
            && wait.handover.step() == Handover.Step.WAIT
            && follows(start, wait, reach)) {
          lost = lost(function, start, wait, outer);
        }
      }
      lost.ifPresent(found::add);
    }
  }

  private List<Act> acts(FunctionSummary summary) {
    List<Act> acts = new ArrayList<>();
    for (CallSite call : summary.calls()) {
      List<Surroundings> around = call.visits().stream().map(CallSite.Visit::surroundings).toList();
      act(call.call(), call.block(), around).ifPresent(acts::add);
    }
    for (RequestSite request : summary.requests()) {
      List<Surroundings> around =
          request.visits().stream().map(RequestSite.Visit::surroundings).toList();
      act(request.call(), request.block(), around).ifPresent(acts::add);
    }
    return acts;
  }

  private Optional<Act> act(Expr call, int block, List<Surroundings> around) {
    Set<OpenScope> scopes = new HashSet<>();
    around.forEach(s -> scopes.addAll(s.scopes()));
    return knowledge
        .contexts()
        .handover(call.callee())
        .filter(h -> call.span() != null)
        .map(h -> new Act(call, block, scopes, h));
  }

  private static boolean follows(Act start, Act wait, BitSet[] reach) {
    if (start.block != wait.block) {
      return reach[start.block].get(wait.block);
    }
    Span a = start.call.span();
    Span b = wait.call.span();
    return a.line() < b.line()
        || a.line() == b.line() && a.column() < b.column()
        || reach[start.block].get(start.block);
  }

  private Optional<LostScope> lost(
      int function, Act start, Act wait, Map<ScopeKind, List<Request.Cover>> outer) {
    for (OpenScope scope : start.scopes) {
      if (restricts(scope.kind())
          && wait.scopes.stream().anyMatch(s -> s.number() == scope.number())) {
        List<Request.Cover> own =
            List.of(new Request.Cover(Request.Scope.of(function, scope), List.of()));
        Optional<LostScope> lost = lost(function, start, wait, scope.kind(), own, true);
        if (lost.isPresent()) {
          return lost;
        }
      }
    }
    for (Map.Entry<ScopeKind, List<Request.Cover>> each : outer.entrySet()) {
      Optional<LostScope> lost = lost(function, start, wait, each.getKey(), each.getValue(), false);
      if (lost.isPresent()) {
        return lost;
      }
    }
    return Optional.empty();
  }

  private static boolean restricts(ScopeKind kind) {
    return kind == ScopeKind.NOFS || kind == ScopeKind.NOIO;
  }

  private Optional<LostScope> lost(
      int function, Act start, Act wait, ScopeKind kind, List<Request.Cover> scopes, boolean own) {
    for (Callback callback : started(function, start)) {
      if (isWaitedFor(function, start, wait, callback.function)) {
        Optional<Way> way = search(callback.function, List.of(), kind, 0);
        if (way.isPresent()) {
          return Optional.of(
              new LostScope(
                  function,
                  start.call,
                  wait.call,
                  scopes,
                  own,
                  callback.function,
                  callback.registered,
                  callback.registeredIn,
                  way.get().path,
                  way.get().request,
                  wait.handover.completion().isEmpty(),
                  start.handover.fact()));
        }
      }
    }
    return Optional.empty();
  }

  /** What another task runs from a start on. */
  private List<Callback> started(int function, Act start) {
    List<Callback> found = new ArrayList<>();
    argument(start, start.handover.work())
        .ifPresent(work -> found.addAll(callbacksOf(names(function, work))));
    argument(start, start.handover.thread())
        .map(t -> t.isUnary("&") ? t.operand(0) : t)
        .filter(t -> t.is(Expr.Kind.NAME))
        .map(t -> graph.resolve(program.unitOf(function), t.name()))
        .filter(f -> f >= 0)
        .ifPresent(f -> found.add(new Callback(f, null, f)));
    found.sort(Comparator.comparingInt(Callback::function));
    return found;
  }

  private static Optional<Expr> argument(Act act, OptionalInt index) {
    return index.isPresent() && index.getAsInt() < act.call.arguments().size()
        ? Optional.of(act.call.arguments().get(index.getAsInt()))
        : Optional.empty();
  }

  private boolean isWaitedFor(int function, Act start, Act wait, int callback) {
    Optional<Expr> completion = argument(wait, wait.handover.completion());
    if (completion.isPresent()) {
      return signals(callback, completionNames(function, completion.get()));
    }
    Optional<Expr> thread = argument(wait, wait.handover.thread());
    if (thread.isPresent() && start.handover.thread().isPresent()) {
      return isResult(function, start.call, thread.get());
    }
    return isSameArgument(function, start, start.handover.work(), wait, wait.handover.work())
        || isSameArgument(function, start, start.handover.queue(), wait, wait.handover.queue());
  }

  private boolean isSameArgument(
      int function, Act start, OptionalInt one, Act wait, OptionalInt other) {
    Optional<Expr> a = argument(start, one);
    Optional<Expr> b = argument(wait, other);
    return a.isPresent()
        && b.isPresent()
        && isSame(names(function, a.get()), names(function, b.get()));
  }

  /** Whether what a call returns was assigned to this. */
  private boolean isResult(int function, Expr call, Expr variable) {
    return anyEvent(
        function,
        e ->
            e.is(Expr.Kind.ASSIGN)
                && e.operand(1).equals(call)
                && e.operand(0).text().equals(variable.text()));
  }

  /** What a completion goes by; one on the stack also by the fields that its address went to. */
  private Set<String> completionNames(int function, Expr completion) {
    Set<String> found = new HashSet<>(names(function, completion));
    anyEvent(
        function,
        e -> {
          if (e.is(Expr.Kind.ASSIGN)
              && e.operand(0).is(Expr.Kind.FIELD)
              && e.operand(1).equals(completion)) {
            found.addAll(names(function, e.operand(0)));
          }
          return false;
        });
    return found;
  }

  private boolean signals(int callback, Set<String> completion) {
    for (Expr call : Calls.of(program.facts(callback))) {
      Optional<Handover> handover =
          call.callee().isEmpty() ? Optional.empty() : knowledge.contexts().handover(call.callee());
      if (handover.isPresent() && handover.get().step() == Handover.Step.SIGNAL) {
        int argument = handover.get().completion().orElse(0);
        if (argument < call.arguments().size()
            && isSame(names(callback, call.arguments().get(argument)), completion)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean anyEvent(int function, Predicate<Expr> test) {
    for (Block block : program.facts(function).blocks()) {
      for (Expr event : block.events()) {
        if (any(event, test)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean any(Expr e, Predicate<Expr> test) {
    return test.test(e) || e.anyOperand(o -> any(o, test));
  }

  // ---- what the other task requests

  /** The nearest request, below a function, that the scope would restrict if it were there. */
  private Optional<Way> search(int function, List<Value> arguments, ScopeKind scope, int depth) {
    Question question = new Question(function, arguments, scope);
    Optional<Way> before = known.get(question);
    if (before != null || depth > MAX_DEPTH) {
      return before == null ? Optional.empty() : before;
    }
    known.put(question, Optional.empty());
    FunctionSummary summary =
        new FunctionWalk(knowledge, function, true, arguments, Set.of()).walk();
    Optional<Way> way = request(summary, scope).map(r -> new Way(List.of(), r));
    for (CallSite call : summary.calls()) {
      if (way.isPresent()) {
        break;
      }
      way = below(summary.function(), call, scope, depth);
    }
    known.put(question, way);
    return way;
  }

  private Optional<Way> below(int function, CallSite call, ScopeKind scope, int depth) {
    int callee =
        call.callee().isEmpty() ? -1 : graph.resolve(program.unitOf(function), call.callee());
    if (callee < 0) {
      return Optional.empty();
    }
    for (CallSite.Visit visit : call.visits()) {
      if (isOutside(visit.surroundings())) {
        Optional<Way> way = search(callee, SleepSearch.passed(visit), scope, depth + 1);
        if (way.isPresent()) {
          List<Request.Hop> path = new ArrayList<>();
          path.add(new Request.Hop(function, call.call()));
          path.addAll(way.get().path);
          return Optional.of(new Way(List.copyOf(path), way.get().request));
        }
      }
    }
    return Optional.empty();
  }

  /** A scope of its own shows that the other task knows whom it works for. */
  private static boolean isOutside(Surroundings around) {
    return around.scopes().stream().noneMatch(s -> restricts(s.kind()));
  }

  private Optional<Request> request(FunctionSummary summary, ScopeKind scope) {
    for (RequestSite site : summary.requests()) {
      for (RequestSite.Visit visit : site.visits()) {
        for (MaskAlternative mask : visit.mask().masks()) {
          if (mask.isConstant() && isOutside(visit.surroundings()) && model.mayBlock(mask.mask())) {
            Request request =
                new Request(
                    summary.function(),
                    site.call(),
                    site.api(),
                    mask.mask(),
                    mask.chosen(),
                    Sizes.inBytes(site.api().size(), visit.size()),
                    RequestPropagation.sizeText(site),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    0);
            if (narrows.test(request, scope)) {
              return Optional.of(request);
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
