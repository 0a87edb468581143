package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.gfplint.facts.StoredFunction;
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

  /** Stands between the name of a variable and the function that it belongs to. */
  private static final String OWN = " in ";

  private final Knowledge knowledge;
  private final Program program;
  private final AllocatorModel model;
  private final FunctionSummary[] summaries;
  private final List<List<StoredFunction>> tables;
  private final CallGraph graph;
  private final Coverage coverage;
  private final RequestTest narrows;

  /** Whether a request is one that a scope would restrict. */
  interface RequestTest {
    boolean test(Request request, ScopeKind scope);
  }

  /** How far below the function in the scope the start or the wait may stand. */
  private static final int MOST_HELPERS = 2;

  /** A call that starts something or waits, itself or in a helper, and the scopes around it. */
  private record Act(Expr call, int block, Set<OpenScope> scopes, Deed deed) {}

  /**
   * A start or a wait, and what it is about, each by the names that it goes by.
   *
   * @param runs what is started, if the start says so
   * @param path calls from a helper down to it; empty if there is none
   */
  private record Deed(
      Handover handover,
      Set<String> work,
      Set<String> queue,
      Set<String> thread,
      Set<String> completion,
      Set<Callback> runs,
      List<Request.Hop> path) {
    boolean isStart() {
      return handover.step() == Handover.Step.START;
    }

    boolean isWait() {
      return handover.step() == Handover.Step.WAIT;
    }
  }

  /** What a work item was told to run. */
  private record Callback(int function, Span registered, int registeredIn) {}

  private record Way(List<Request.Hop> path, Request request) {}

  private record Question(int function, List<Value> arguments, ScopeKind scope) {}

  /** Callbacks of work items, by the name that the item goes by. */
  private final Map<String, Set<Callback>> callbacks = new HashMap<>();

  private final Answers<Question, Optional<Way>> known = new Answers<>(Optional.empty(), MAX_DEPTH);

  /** What functions start and wait for, themselves and in helpers so many calls below. */
  private final List<Map<Integer, List<Deed>>> deeds = new ArrayList<>();

  LostScopes(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      List<List<StoredFunction>> tables,
      CallGraph graph,
      Coverage coverage,
      RequestTest narrows) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.summaries = summaries;
    this.tables = tables;
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
    BitSet starting = within(starts);
    BitSet waiting = within(waits);
    starting.and(waiting);
    List<LostScope> found = new ArrayList<>();
    for (int f = starting.nextSetBit(0); f >= 0; f = starting.nextSetBit(f + 1)) {
      if (mayBeInside(summaries[f])) {
        if (callbacks.isEmpty()) {
          findCallbacks();
        }
        look(f, found);
      }
    }
    return found;
  }

  /** Functions that call one of these, or have a helper do it. */
  private BitSet within(Set<String> names) {
    BitSet found = new BitSet();
    for (FunctionSummary summary : summaries) {
      if (names(summary, names)) {
        found.set(summary.function());
      }
    }
    for (int calls = 0; calls < MOST_HELPERS; calls++) {
      BitSet callers = new BitSet();
      found.stream().forEach(f -> Arrays.stream(graph.callers(f)).forEach(callers::set));
      found.or(callers);
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
    for (int unit = 0; unit < tables.size(); unit++) {
      for (StoredFunction each : tables.get(unit)) {
        int callback =
            each.struct().equals(StoredFunction.WORK) ? graph.resolve(unit, each.function()) : -1;
        if (callback >= 0) {
          callbacks
              .computeIfAbsent(each.field() + " of " + unit, n -> new HashSet<>())
              .add(new Callback(callback, null, callback));
        }
      }
    }
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
    Expr e = object.behindAddress();
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
    return own ? name + OWN + function : name + " of " + program.unitOf(function);
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
    Set<Expr> reported = new HashSet<>();
    for (Act start : acts) {
      if (!start.deed.isStart() || reported.contains(start.call) || waitsItself(start, acts)) {
        continue;
      }
      Optional<LostScope> lost = Optional.empty();
      for (Act wait : acts) {
        if (lost.isEmpty() && wait.deed.isWait() && follows(start, wait, reach)) {
          lost = lost(function, start, wait, outer);
        }
      }
      lost.ifPresent(found::add);
      lost.ifPresent(l -> reported.add(start.call));
    }
  }

  /** A helper that waits for what it starts is looked at by itself. */
  private boolean waitsItself(Act start, List<Act> acts) {
    return !start.deed.path.isEmpty()
        && acts.stream()
            .anyMatch(
                a ->
                    a.deed.isWait()
                        && a.call.equals(start.call)
                        && started(start.deed).stream().anyMatch(c -> isFor(start, a, c.function)));
  }

  private List<Act> acts(FunctionSummary summary) {
    int function = summary.function();
    List<Act> acts = new ArrayList<>();
    for (CallSite call : summary.calls()) {
      List<Surroundings> around = call.visits().stream().map(CallSite.Visit::surroundings).toList();
      act(function, call.call(), call.block(), around, acts);
    }
    for (RequestSite request : summary.requests()) {
      List<Surroundings> around =
          request.visits().stream().map(RequestSite.Visit::surroundings).toList();
      act(function, request.call(), request.block(), around, acts);
    }
    return acts;
  }

  private void act(int function, Expr call, int block, List<Surroundings> around, List<Act> acts) {
    List<Deed> done = call.span() == null ? List.of() : deeds(function, call, MOST_HELPERS);
    if (!done.isEmpty()) {
      Set<OpenScope> scopes = new HashSet<>();
      around.forEach(s -> scopes.addAll(s.scopes()));
      done.forEach(deed -> acts.add(new Act(call, block, scopes, deed)));
    }
  }

  /** What a call starts or waits for, by itself or by way of so many helpers. */
  private List<Deed> deeds(int function, Expr call, int helpers) {
    Optional<Handover> handover = knowledge.contexts().handover(call.callee());
    if (handover.isPresent()) {
      Deed deed = deed(function, call, handover.get());
      return deed.isStart() || deed.isWait() ? List.of(deed) : List.of();
    }
    int callee =
        call.callee().isEmpty() || helpers == 0
            ? -1
            : graph.resolve(program.unitOf(function), call.callee());
    if (callee < 0) {
      return List.of();
    }
    return below(callee, helpers - 1).stream().map(d -> atCall(d, function, call, callee)).toList();
  }

  private List<Deed> below(int function, int helpers) {
    while (deeds.size() <= helpers) {
      deeds.add(new HashMap<>());
    }
    List<Deed> before = deeds.get(helpers).get(function);
    if (before != null) {
      return before;
    }
    List<Deed> found = new ArrayList<>();
    for (Expr call : Calls.of(program.facts(function))) {
      if (call.span() != null) {
        for (Deed deed : deeds(function, call, helpers)) {
          List<Request.Hop> path = new ArrayList<>();
          path.add(new Request.Hop(function, call));
          path.addAll(deed.path);
          found.add(
              new Deed(
                  deed.handover,
                  deed.work,
                  deed.queue,
                  deed.thread,
                  deed.completion,
                  deed.runs,
                  List.copyOf(path)));
        }
      }
    }
    deeds.get(helpers).put(function, found);
    return found;
  }

  private Deed deed(int function, Expr call, Handover handover) {
    Set<Callback> runs = new HashSet<>();
    Set<String> thread = Set.of();
    Optional<Expr> given = argument(call, handover.thread());
    if (given.isPresent() && handover.step() == Handover.Step.START) {
      thread = receivers(function, call);
      given
          .map(Expr::behindAddress)
          .filter(t -> t.is(Expr.Kind.NAME))
          .map(t -> graph.resolve(program.unitOf(function), t.name()))
          .filter(f -> f >= 0)
          .ifPresent(f -> runs.add(new Callback(f, null, f)));
    } else if (given.isPresent()) {
      thread = names(function, given.get());
    }
    return new Deed(
        handover,
        argument(call, handover.work()).map(w -> names(function, w)).orElse(Set.of()),
        argument(call, handover.queue()).map(q -> names(function, q)).orElse(Set.of()),
        thread,
        argument(call, handover.completion())
            .map(c -> completionNames(function, c))
            .orElse(Set.of()),
        runs,
        List.of());
  }

  private static Optional<Expr> argument(Expr call, OptionalInt index) {
    return index.isPresent() && index.getAsInt() < call.arguments().size()
        ? Optional.of(call.arguments().get(index.getAsInt()))
        : Optional.empty();
  }

  /** What a call's result is assigned to. */
  private Set<String> receivers(int function, Expr call) {
    Set<String> found = new HashSet<>();
    anyEvent(
        function,
        e -> {
          if (e.is(Expr.Kind.ASSIGN) && e.operand(1).equals(call)) {
            found.addAll(names(function, e.operand(0)));
          }
          return false;
        });
    return found;
  }

  /** What a helper does, in the words of the one who calls it. */
  private Deed atCall(Deed deed, int function, Expr call, int callee) {
    return new Deed(
        deed.handover,
        atCall(deed.work, function, call, callee),
        atCall(deed.queue, function, call, callee),
        atCall(deed.thread, function, call, callee),
        atCall(deed.completion, function, call, callee),
        deed.runs,
        deed.path);
  }

  private Set<String> atCall(Set<String> names, int function, Expr call, int callee) {
    Set<String> translated = new HashSet<>();
    for (String name : names) {
      int own = name.indexOf(OWN);
      int parameter = own < 0 ? -1 : program.facts(callee).parameter(name.substring(0, own));
      if (parameter < 0) {
        // Without its struct a field's name says too little so far away.
        if (own < 0 && !name.startsWith(".")) {
          translated.add(name);
        }
      } else if (parameter < call.arguments().size()) {
        translated.addAll(names(function, call.arguments().get(parameter)));
      }
    }
    return translated;
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
    for (Callback callback : started(start.deed)) {
      if (isFor(start, wait, callback.function)) {
        Optional<Way> way = search(callback.function, List.of(), kind, 0);
        if (way.isPresent()) {
          return Optional.of(
              new LostScope(
                  function,
                  start.call,
                  start.deed.path,
                  wait.call,
                  wait.deed.path,
                  scopes,
                  own,
                  callback.function,
                  callback.registered,
                  callback.registeredIn,
                  way.get().path,
                  way.get().request,
                  wait.deed.completion.isEmpty(),
                  start.deed.handover.fact()));
        }
      }
    }
    return Optional.empty();
  }

  /** What another task runs from a start on. */
  private List<Callback> started(Deed start) {
    List<Callback> found = new ArrayList<>(callbacksOf(start.work));
    found.addAll(start.runs);
    found.sort(Comparator.comparingInt(Callback::function));
    return found;
  }

  /** Whether a wait is for what was started. */
  private boolean isFor(Act start, Act wait, int callback) {
    if (!wait.deed.completion.isEmpty()) {
      return signals(callback, wait.deed.completion);
    }
    return isSame(start.deed.thread, wait.deed.thread)
        || isSame(start.deed.work, wait.deed.work)
        || isSame(start.deed.queue, wait.deed.queue);
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
    return known.find(question, depth, () -> look(question, depth));
  }

  private Optional<Way> look(Question question, int depth) {
    FunctionSummary summary =
        new FunctionWalk(knowledge, question.function, true, question.arguments, Set.of()).walk();
    Optional<Way> way = request(summary, question.scope).map(r -> new Way(List.of(), r));
    for (CallSite call : summary.calls()) {
      if (way.isPresent()) {
        break;
      }
      way = below(question.function, call, question.scope, depth);
    }
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
