package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Span;
import org.gfplint.facts.Variable;
import org.gfplint.flow.Callees.Callee;
import org.gfplint.flow.OpenScope.Keeper;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.ContextQuestion;
import org.gfplint.model.EntryContext;
import org.gfplint.model.GfpMask;
import org.gfplint.model.LockKind;
import org.gfplint.model.ScopeCarrier;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.ScopeOperation;
import org.gfplint.program.Program;

/**
 * Follows the paths through one function and notes what it requests, whom it calls with what, and
 * how it opens and closes task scopes.
 *
 * <p>Paths are kept apart as long as what is known on them differs, up to a bound; beyond it,
 * further ones are left out, which errs towards silence.
 */
final class FunctionWalk {
  static final String GUARD_ENTER = "__guard_enter";
  static final String GUARD_LEAVE = "__guard_leave";
  private static final int MAX_STATES_PER_BLOCK = 32;
  private static final int MAX_STEPS = 6000;

  /** Few functions are walked again for their scopes alone. */
  private static final int MAX_STEPS_OF_SCOPES = 40_000;

  private static final int MAX_STATES_OF_SCOPES = 128;

  /** More than any task nests; a function that calls itself seems to open more in every round. */
  private static final int MAX_OPEN_SCOPES = 16;

  private final Program program;
  private final AllocatorModel model;
  private final Knowledge knowledge;
  private final int function;
  private final int unit;
  private final boolean keepAllCalls;
  private final List<Value> arguments;
  private final Set<AtomicContext> contexts;
  private final FunctionFacts facts;
  private final OperandTypes operandTypes;
  private final ScopeJournal journal;

  /** What is known of each call, by the expression itself: comparing them would take long. */
  private final Map<Expr, Site> sites = new IdentityHashMap<>();

  private final List<Site> sitesInOrder = new ArrayList<>();
  private final Set<String> plainCallees = new LinkedHashSet<>();
  private final Set<String> threads = new LinkedHashSet<>();
  private final Set<Registration> registrations = new LinkedHashSet<>();
  private final Set<StoredFunctions.Assignment> stored = new LinkedHashSet<>();
  private final Set<String> sleepingLocks = new LinkedHashSet<>();

  /** A call, the block it stands in and the ways control gets there. */
  private static final class Site {
    final Expr call;
    final int block;
    final Callee callee;

    /** What the call asks for memory, unless the file has a function of its own of that name. */
    final Optional<AllocatorApi> api;

    /** Whether what it is given may be a mask or choose one. */
    final boolean mayTakeMask;

    /** What the callee does to scopes and locks; null if nothing. */
    final ScopeEffect scopeEffect;

    final LockEffect lockEffect;
    final List<RequestSite.Visit> requests = new ArrayList<>(1);
    final List<CallSite.Visit> calls = new ArrayList<>(1);

    Site(Expr call, int block, Knowledge knowledge, int unit) {
      this.call = call;
      this.block = block;
      String name = call.callee();
      Program program = knowledge.program();
      callee = knowledge.callees().of(name);
      api = callee.api().filter(a -> !isShadowed(program, unit, name));
      mayTakeMask = program.mayReturnMask(name) || call.anyOperand(o -> isMask(o, program));
      scopeEffect = name.isEmpty() ? null : knowledge.scopeEffects().of(program, unit, name);
      lockEffect = name.isEmpty() ? null : knowledge.effects().of(program, unit, name);
    }

    private static boolean isMask(Expr e, Program program) {
      if (e.is(Expr.Kind.NAME)) {
        return e.span() != null || program.isMaskConstant(e.name());
      }
      return e.is(Expr.Kind.BINARY) && e.anyOperand(o -> isMask(o, program));
    }

    /** Whether the file has a function of its own under an allocator's name. */
    private static boolean isShadowed(Program program, int unit, String callee) {
      List<Integer> own = program.resolve(unit, callee);
      return !own.isEmpty()
          && program.unitOf(own.get(0)) == unit
          && program.linkage(own.get(0)) != Linkage.GLOBAL
          && !program.path(unit).startsWith("include/linux/");
    }
  }

  private Scan scan;
  private boolean scopes;
  private boolean mentionsMasks;

  /** Conditions that are asked more than once, in C. */
  private Set<String> repeated = Set.of();

  private final LockJournal locks = new LockJournal();

  /** Calls whose effect on locks or scopes depends on what they return, by place. */
  private final Map<Span, Outcome> outcomes = new HashMap<>();

  /** Either effect is null if there is none that depends on it. */
  private record Outcome(Expr call, LockEffect locks, ScopeEffect scopes) {
    /** Whether the result is an object that shows that a scope is open. */
    boolean isCarrier(AllocatorModel model) {
      return scopes != null
          && model.scopeCarriers().stream().map(ScopeEffect::ofCarrier).anyMatch(scopes::equals);
    }
  }

  /**
   * Whether what is evaluated may be a size. Names of constants are many, and what they stand for
   * is only looked up where it can matter.
   */
  private boolean numbersWanted;

  private Value returned;
  private boolean bounded;

  /** Whether all that does not tell of task scopes is left out of account. */
  private boolean onlyScopes;

  /** Whether what the function does to task scopes is not all known. */
  private boolean scopesBounded;

  private int block;

  /** Whether control may come back to the block. */
  private boolean inLoop;

  private PathState state;

  /** A walk that knows nothing of the callers. */
  FunctionWalk(Knowledge knowledge, int function, boolean keepAllCalls) {
    this(knowledge, function, keepAllCalls, List.of(), Set.of());
  }

  /**
   * A walk through one function.
   *
   * @param keepAllCalls whether to keep calls that any place in the function could make
   * @param arguments what the parameters are, as far as that is known; may be shorter than they
   * @param contexts in which it is called; empty if that is not known
   */
  FunctionWalk(
      Knowledge knowledge,
      int function,
      boolean keepAllCalls,
      List<Value> arguments,
      Set<AtomicContext> contexts) {
    this.contexts = contexts;
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.model = knowledge.model();
    this.function = function;
    this.unit = program.unitOf(function);
    this.keepAllCalls = keepAllCalls;
    this.arguments = arguments;
    this.facts = program.facts(function);
    this.journal = new ScopeJournal(model, facts);
    this.operandTypes = new OperandTypes(program.types(), knowledge.sizes(), unit, facts);
  }

  FunctionSummary walk() {
    FunctionSummary summary = walkOnce();
    if (!scopesBounded || !scopes) {
      return summary;
    }
    FunctionWalk again = new FunctionWalk(knowledge, function, keepAllCalls, arguments, contexts);
    again.onlyScopes = true;
    return summary.with(again.walkOnce());
  }

  /** Pointers that the function is given and may replace: a handle that it starts if need be. */
  private BitSet replacedPointers() {
    BitSet replaced = new BitSet();
    for (Block each : facts.blocks()) {
      for (Expr event : each.events()) {
        int parameter =
            event.is(Expr.Kind.ASSIGN) && event.operand(0).is(Expr.Kind.NAME)
                ? facts.parameter(event.operand(0).name())
                : -1;
        if (parameter >= 0 && facts.parameters().get(parameter).type().endsWith("*")) {
          replaced.set(parameter);
        }
      }
    }
    return replaced;
  }

  private FunctionSummary walkOnce() {
    scan = new Scan(knowledge, facts);
    // What the parameters are may decide between the paths.
    numbersWanted = !arguments.isEmpty();
    scopes = scan.hasScopes();
    repeated = scan.repeatedConditions();
    mentionsMasks = scan.mentionsMasks();
    Map<String, Value> parameters = new HashMap<>();
    for (int i = 0; i < facts.parameters().size(); i++) {
      String name = facts.parameters().get(i).name();
      if (!name.isEmpty()) {
        Value argument = i < arguments.size() ? arguments.get(i) : Value.UNKNOWN;
        parameters.put(name, argument.equals(Value.UNKNOWN) ? new Value.Parameter(i) : argument);
      }
    }
    if (facts.blocks().isEmpty()) {
      return summary();
    }
    // With constants for parameters, some of the paths cannot be.
    if (scan.dependsOnPath() || !arguments.isEmpty() || !contexts.isEmpty()) {
      followPaths(new PathState(parameters));
    } else {
      visitEachBlockOnce(parameters);
    }
    return summary();
  }

  /** What the walk, once it is done, noted of task scopes. */
  ScopeJournal journal() {
    return journal;
  }

  private FunctionSummary summary() {
    List<RequestSite> requestSites = new ArrayList<>();
    List<CallSite> callSites = new ArrayList<>();
    for (Site site : sitesInOrder) {
      String callee = site.call.callee();
      if (!site.requests.isEmpty()) {
        requestSites.add(
            new RequestSite(
                site.api.orElseThrow(), site.call, site.block, List.copyOf(site.requests)));
      } else if (!site.calls.isEmpty()) {
        if (keepAllCalls
            || !arePlain(site.calls)
            || scopes && !journal.opened().isEmpty() && hangsOnParameter(site)) {
          callSites.add(new CallSite(callee, site.call, site.block, List.copyOf(site.calls)));
        } else {
          notePlain(site.call);
        }
      }
    }
    MaskUses maskUses = new MaskUses(program, model, unit, facts);
    return new FunctionSummary(
        function,
        List.copyOf(requestSites),
        List.copyOf(callSites),
        List.copyOf(plainCallees),
        journal.anomalies(),
        mentionsMasks ? maskUses.find() : List.of(),
        maskUses.constants(),
        returned == null ? Value.UNKNOWN : returned,
        locks.effect(facts.name(), bounded),
        scopeEffect(),
        List.copyOf(threads),
        List.copyOf(registrations),
        List.copyOf(stored),
        List.copyOf(sleepingLocks),
        scopes || scan.mentionsTaskFlags(),
        sitesInOrder.size(),
        bounded,
        scopesBounded,
        null);
  }

  private ScopeEffect scopeEffect() {
    for (ScopeCarrier carrier : model.scopeCarriers()) {
      if (facts.name().equals(carrier.current())) {
        return ScopeEffect.ofCarrier(carrier);
      }
    }
    return scopesBounded ? ScopeEffect.NONE : journal.effect();
  }

  /** Whether a parameter is asked for on the way: a scope that is opened if none is given. */
  private static boolean hangsOnParameter(Site site) {
    return site.calls.stream()
        .anyMatch(v -> v.surroundings().guards().stream().anyMatch(Guard::asksForTruth));
  }

  private boolean arePlain(List<CallSite.Visit> visits) {
    for (CallSite.Visit visit : visits) {
      if (!visit.isPlain(facts)) {
        return false;
      }
    }
    return true;
  }

  private void notePlain(Expr call) {
    Expr field = call.callee().isEmpty() ? StoredFunctions.pointer(call) : null;
    if (field != null) {
      plainCallees.add("." + field.name());
    } else if (!call.callee().isEmpty()) {
      plainCallees.add(call.callee());
    }
  }

  // ---- paths

  private void visitEachBlockOnce(Map<String, Value> parameters) {
    for (int b = 0; b < facts.blocks().size(); b++) {
      block = b;
      // Nothing is known to survive from block to block, so each begins with the parameters.
      state = new PathState(parameters);
      run(facts.blocks().get(b));
    }
  }

  /** Runs a block; the answer is no if control never comes to its end. */
  private boolean run(Block current) {
    for (Expr event : current.events()) {
      Value value = evaluate(event);
      if (event.is(Expr.Kind.CALL) && value instanceof Value.Cookie cookie) {
        journal.ignored(state.scope(cookie.scope()));
        state.replaceScope(cookie.scope(), OpenScope::handOver);
      }
      if (event.is(Expr.Kind.CALL) && value instanceof Value.Outcome outcome) {
        // Nobody asks how it went.
        decideScopes(outcomes.get(outcome.call()), Sign.ANY, state);
      }
      if (event.is(Expr.Kind.CALL) && NoReturn.contains(event.callee())) {
        return false;
      }
    }
    Expr condition = current.exit().condition();
    Value value = condition == null ? Value.UNKNOWN : evaluate(condition);
    if (current.exit().kind() == ExitKind.RETURN) {
      leave(current.exit().span(), condition, value);
    }
    return true;
  }

  private void leave(Span exit, Expr expression, Value value) {
    if (value instanceof Value.Cookie cookie) {
      state.replaceScope(
          cookie.scope(), s -> s.withCookie(ScopeEffect.RETURNED).keptBy(Keeper.SOMEBODY));
    }
    returned = returned == null ? value : Value.either(returned, value);
    if (scan.hasLocks()) {
      locks.leave(value, state);
    }
    if (!scopes) {
      return;
    }
    if (value instanceof Value.Outcome outcome && outcomes.get(outcome.call()).scopes != null) {
      // What the callee did depends on what is returned here.
      for (Sign sign : Sign.values()) {
        if (!outcomes.get(outcome.call()).scopes.bySign().containsKey(sign)) {
          continue;
        }
        PathState decided = state.copy();
        decideScopes(outcomes.get(outcome.call()), Set.of(sign), decided);
        journal.leave(exit, Set.of(sign), decided);
      }
      return;
    }
    Set<Sign> signs = expression == null ? Sign.ANY : signs(expression, value);
    Optional<String> provided =
        expression == null ? Optional.empty() : model.standsInUnless(expression.callee());
    if (provided.isPresent()) {
      // A pointer that is no error.
      journal.leave(exit, Set.of(Sign.POSITIVE), provided.get(), state);
    } else {
      journal.leave(exit, signs, state);
    }
  }

  /** The signs of what is returned, or assigned. */
  private static Set<Sign> signs(Expr e, Value value) {
    if (e.callee().equals("ERR_PTR")
        || e.callee().equals("ERR_CAST")
        || e.callee().equals("PTR_ERR")
        || e.isUnary("-") && e.operand(0).is(Expr.Kind.NAME) && isErrorName(e.operand(0).name())) {
      return Set.of(Sign.NEGATIVE);
    }
    return Sign.of(value);
  }

  private static boolean isErrorName(String name) {
    return name.startsWith("E") && name.equals(name.toUpperCase(Locale.ROOT));
  }

  private void followPaths(PathState entry) {
    Liveness liveness = new Liveness(facts, repeated);
    BlockOrder order = new BlockOrder(facts.blocks());
    Arrivals[] arrivals = new Arrivals[facts.blocks().size()];
    for (int b = 0; b < arrivals.length; b++) {
      arrivals[b] = new Arrivals();
    }
    int most = onlyScopes ? MAX_STATES_OF_SCOPES : MAX_STATES_PER_BLOCK;
    int stepsLeft = onlyScopes ? MAX_STEPS_OF_SCOPES : MAX_STEPS;
    BitSet replaced = onlyScopes ? replacedPointers() : null;
    // In order, so that where ways meet all of them are there before the walk goes on.
    BitSet waiting = new BitSet();
    arrivals[0].add(entry, most);
    waiting.set(order.place(0));
    for (int place; (place = waiting.nextSetBit(0)) >= 0; ) {
      block = order.block(place);
      PathState path = arrivals[block].poll();
      if (path == null) {
        waiting.clear(place);
        continue;
      }
      if (--stepsLeft < 0) {
        bounded = true;
        scopesBounded = true;
        return;
      }
      state = path.copy();
      inLoop = order.isInLoop(block);
      Block current = facts.blocks().get(block);
      if (!run(current)) {
        continue;
      }
      List<Integer> targets = current.exit().targets();
      for (int i = 0; i < targets.size(); i++) {
        PathState next = i + 1 < targets.size() ? state.copy() : state;
        if (current.exit().kind() == ExitKind.BRANCH
            && !new Conditions(this, next, repeated).assume(current.exit().condition(), i == 0)) {
          continue;
        }
        int target = targets.get(i);
        next.keep(liveness, target);
        if (onlyScopes) {
          next.keepScopes(replaced, scan::tellsScopes);
        }
        if (arrivals[target].add(next, most)) {
          waiting.set(order.place(target));
        } else {
          leaveOut(next, arrivals[target]);
        }
      }
    }
  }

  /** One path too many; of task scopes nothing is lost if another one knows the same of them. */
  private void leaveOut(PathState path, Arrivals others) {
    // Where not all is known of scopes, not all is known of the paths.
    if (!scopesBounded) {
      bounded = true;
      scopesBounded = !others.haveScopesOf(path);
    }
  }

  // ---- expressions

  Value evaluate(Expr e) {
    switch (e.kind()) {
      case NUMBER:
        return Value.number(e.number());
      case NAME:
        return name(e);
      case CALL:
        return call(e);
      case ASSIGN:
        return assign(e);
      case BINARY:
        Value left = bounded(e.operand(0), evaluate(e.operand(0)), e.name());
        Value right = bounded(e.operand(1), evaluate(e.operand(1)), e.name());
        return binary(e.name(), left, right, e.span());
      case UNARY:
        return unary(e);
      case CONDITIONAL:
        return conditional(e);
      case SIZEOF:
        return numbersWanted ? operandTypes.sizeOf(e.name()) : Value.UNKNOWN;
      default:
        evaluateAll(e.operands());
        return Value.UNKNOWN;
    }
  }

  private void evaluateAll(List<Expr> parts) {
    for (Expr part : parts) {
      evaluate(part);
    }
  }

  /** The value without doing again what the expression does. */
  Value peek(Expr e) {
    switch (e.kind()) {
      case NUMBER:
        return Value.number(e.number());
      case NAME:
        return name(e);
      case BINARY:
        return binary(e.name(), peek(e.operand(0)), peek(e.operand(1)), e.span());
      case UNARY:
        return e.isUnary("~") ? Masks.complement(peek(e.operand(0))) : Value.UNKNOWN;
      default:
        return Value.UNKNOWN;
    }
  }

  private Value name(Expr e) {
    Value known = state.variable(e.name());
    if (known != null) {
      return known;
    }
    switch (e.name()) {
      case "false", "NULL":
        return Value.number(0);
      case "true":
        return Value.number(1);
      default:
        return constantName(e);
    }
  }

  private Value constantName(Expr e) {
    Optional<GfpMask> mask = model.mask(e.name());
    if (mask.isPresent()) {
      return Value.mask(MaskAlternative.constant(mask.get(), e.span()));
    }
    if (!numbersWanted && !program.isMaskConstant(e.name())) {
      return Value.UNKNOWN;
    }
    return new Constants(program, model, knowledge.sizes(), unit)
        .value(e.name())
        .mapChosen(e.span());
  }

  private Value binary(String operator, Value left, Value right, Span span) {
    Value result = Sizes.binary(operator, left, right);
    return operator.equals("|") ? result.mapChosen(span) : result;
  }

  /** The operand of an arithmetic operator: of what is not known, the type may say how large. */
  private Value bounded(Expr e, Value value, String operator) {
    boolean open = value == Value.UNKNOWN || value instanceof Value.Parameter;
    if (!open || !numbersWanted || operator.equals("|") || operator.equals("&")) {
      return value;
    }
    return operandTypes.unsignedRange(e).orElse(value);
  }

  private Value unary(Expr e) {
    Expr operand = e.operand(0);
    if (e.isUnary("&") && operand.is(Expr.Kind.NAME)) {
      // Whoever has its address may set it, and may close the scope whose cookie it holds.
      if (state.variable(operand.name()) instanceof Value.Cookie cookie) {
        state.replaceScope(cookie.scope(), OpenScope::handOver);
      } else {
        state.assign(operand.name(), Value.UNKNOWN);
      }
      return Value.UNKNOWN;
    }
    Value value = evaluate(operand);
    if (e.isUnary("!") && value instanceof Value.Range r && r.min() == r.max()) {
      return Value.number(r.min() == 0 ? 1 : 0);
    }
    return e.isUnary("~") ? Masks.complement(value) : Value.UNKNOWN;
  }

  private Value conditional(Expr e) {
    Value condition = evaluate(e.operand(0));
    if (condition instanceof Value.Range r && r.min() == r.max()) {
      return evaluate(e.operand(r.min() != 0 ? 1 : 2));
    }
    PathState outer = state;
    Value result = null;
    for (int side = 1; side <= 2; side++) {
      PathState assumed = outer.copy();
      if (!new Conditions(this, assumed, Set.of()).assume(e.operand(0), side == 1)) {
        continue;
      }
      List<Guard> more = new ArrayList<>(assumed.guards());
      more.removeAll(outer.guards());
      Value value = evaluate(e.operand(side)).mapMasksOrKeep(a -> a.guardedBy(more));
      result = result == null ? value : Value.either(result, value);
    }
    return result == null ? Value.UNKNOWN : result;
  }

  private Value assign(Expr e) {
    Expr target = e.operand(0);
    Expr source = e.operand(1);
    boolean outerWanted = numbersWanted;
    numbersWanted |= target.is(Expr.Kind.NAME) && scan.isSize(target.name());
    Value value = evaluate(source);
    numbersWanted = outerWanted;
    if (!e.name().equals("=")) {
      String operator = e.name().substring(0, e.name().length() - 1);
      Value before = evaluate(target);
      value = binary(operator, before, value, source.span());
      if (inLoop) {
        value = Sizes.ofAnyRound(operator, before, value);
      }
    }
    if (value instanceof Value.Cookie cookie) {
      storeCookie(target, cookie);
    }
    if (scopes && TaskFlags.areAssigned(e)) {
      TaskFlags.assigned(e, facts).ifPresent(change -> changeTaskFlags(e, change));
    }
    if (scopes && target.isUnary("*") && source.is(Expr.Kind.NAME)) {
      giveObject(target.operand(0), source.name());
      value = useCarrier(source, value);
    }
    if (scopes && value == Value.UNKNOWN && source.is(Expr.Kind.FIELD) && isNumber(target)) {
      value = new Value.Kept(source.text());
    }
    if (scopes && e.name().equals("+=") && source.is(Expr.Kind.NUMBER) && isCounter(target)) {
      state.count();
    }
    if (scopes && target.is(Expr.Kind.NAME)) {
      value = carrier(target, source, value);
    }
    if (target.is(Expr.Kind.NAME) && scan.tellsScopes(target.name())) {
      Set<Sign> signs = signs(source, value);
      if (value == Value.UNKNOWN && signs.size() < Sign.ANY.size()) {
        value = new Value.Signs(signs);
      }
    } else if (value instanceof Value.Signs) {
      value = Value.UNKNOWN;
    }
    if (target.is(Expr.Kind.NAME)) {
      if (scopes) {
        state.loseObject(target.name());
      }
      state.assign(target.name(), value);
    } else if (target.is(Expr.Kind.FIELD)) {
      state.assignField(target.name());
      noteStored(e, target, source);
    } else if (e.name().equals("=")) {
      // Of "+=" and the like it was evaluated above; twice at each level would take for ever.
      evaluateAll(target.operands());
    }
    return value;
  }

  /** What shows that the task is in a scope, if the variable comes to hold such a thing. */
  private Value carrier(Expr target, Expr source, Value value) {
    Value known = value;
    if (source.is(Expr.Kind.NAME) && value instanceof Value.Parameter p) {
      String given = facts.parameters().get(p.index()).type();
      for (ScopeCarrier carrier : model.scopeCarriers()) {
        if (given.equals("void*") && isLocal(target.name(), carrier.type() + "*")) {
          // The filesystem's own, by way of code that does not know it.
          Expr giver = Expr.name("whoever passes " + source.name());
          Expr call = new Expr(Expr.Kind.CALL, "", List.of(giver), 0, facts.span());
          known = new Value.Outcome(facts.span());
          outcomes.put(facts.span(), new Outcome(call, null, ScopeEffect.ofCarrier(carrier)));
        }
      }
    }
    if (known instanceof Value.Outcome outcome
        && outcomes.get(outcome.call()).isCarrier(model)
        && !scan.tests(target.name())) {
      decideScopes(outcomes.get(outcome.call()), Set.of(Sign.POSITIVE), state);
      return Value.UNKNOWN;
    }
    return known;
  }

  /** Who passes such a thing on takes it that there is one. */
  private void useCarriers(Expr call, List<Value> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      useCarrier(call.arguments().get(i), arguments.get(i));
    }
  }

  private Value useCarrier(Expr e, Value value) {
    if (!(value instanceof Value.Outcome outcome)
        || !outcomes.get(outcome.call()).isCarrier(model)) {
      return value;
    }
    decideScopes(outcomes.get(outcome.call()), Set.of(Sign.POSITIVE), state);
    if (e.is(Expr.Kind.NAME)) {
      state.refine(e.name(), Sign.value(Set.of(Sign.POSITIVE)));
    }
    return Value.UNKNOWN;
  }

  private boolean isLocal(String name, String type) {
    return facts.locals().stream().anyMatch(v -> v.name().equals(name) && v.type().equals(type));
  }

  private void noteStored(Expr assignment, Expr target, Expr source) {
    Expr named = source.behindAddress();
    if (!named.is(Expr.Kind.NAME) || named.span() != null) {
      return;
    }
    Value value = state.variable(named.name());
    int parameter = value instanceof Value.Parameter p && mayBeFunction(p) ? p.index() : -1;
    if (parameter >= 0 || value == null && program.isFunction(named.name())) {
      Span span = assignment.span() == null ? facts.span() : assignment.span();
      stored.add(new StoredFunctions.Assignment(target, named.name(), parameter, span));
    }
  }

  /** Whether its type is that of a pointer to a function, or has a name of its own. */
  private boolean mayBeFunction(Value.Parameter parameter) {
    return StoredFunctions.mayPointToFunction(facts.parameters().get(parameter.index()).type());
  }

  private boolean isNumber(Expr target) {
    return target.is(Expr.Kind.NAME)
        && facts.locals().stream()
            .anyMatch(v -> v.name().equals(target.name()) && v.type().contains("int"));
  }

  /** Whoever gets a variable may have it lead to another object. */
  private void giveVariables(Expr call) {
    for (Expr argument : call.arguments()) {
      if (argument.isUnary("&") && argument.operand(0).is(Expr.Kind.NAME)) {
        String given = argument.operand(0).name();
        for (OpenScope scope : state.scopes()) {
          boolean pointer = scope.cookie().startsWith(given + "->");
          if (scope.keeper() == Keeper.OBJECT && pointer) {
            state.replaceScope(scope.number(), OpenScope::handOver);
          }
        }
      }
    }
  }

  /** The caller gets the object, and may close the scope that it keeps. */
  private void giveObject(Expr where, String object) {
    if (where.is(Expr.Kind.NAME) && facts.parameter(where.name()) >= 0) {
      for (OpenScope scope : state.scopes()) {
        if (scope.keeper() == Keeper.OBJECT
            && Places.root(scope.cookie()).equals(object)
            && !scope.cookie().startsWith("*")) {
          String place = "*" + where.name() + Places.behindRoot(scope.cookie());
          state.replaceScope(scope.number(), s -> s.withCookie(place));
        }
      }
    }
  }

  /** References to an object are counted in the object. */
  private static boolean isCounter(Expr target) {
    return target.is(Expr.Kind.FIELD);
  }

  private void storeCookie(Expr target, Value.Cookie cookie) {
    String text = target.text();
    if (target.is(Expr.Kind.NAME)) {
      Value old = state.variable(target.name());
      OpenScope lost =
          old instanceof Value.Cookie c && c.scope() != cookie.scope()
              ? state.scope(c.scope())
              : null;
      OpenScope opened = state.scope(cookie.scope());
      if (lost != null && !lost.handedOver() && opened != null) {
        journal.overwritten(lost, opened, text);
        // Said once; that it also stays open would be the same thing again.
        state.replaceScope(lost.number(), OpenScope::handOver);
      }
      state.replaceScope(cookie.scope(), s -> s.withCookie(text));
    } else {
      OpenScope opened = state.scope(cookie.scope());
      if (opened != null) {
        OpenScope kept = opened.withCookie(text).keptBy(Keeper.OBJECT);
        journal.overwriteInObject(kept, state);
        state.replaceScope(kept.number(), s -> kept);
      }
    }
  }

  private Value call(Expr e) {
    String callee = e.callee();
    Site site = sites.get(e);
    if (site == null) {
      site = new Site(e, block, knowledge, unit);
      sites.put(e, site);
      sitesInOrder.add(site);
    }
    List<Value> arguments = arguments(e, site);
    if (callee.isEmpty()) {
      evaluate(e.operand(0));
    }
    if (scopes) {
      useCarriers(e, arguments);
      if (site.scopeEffect == null
          || site.scopeEffect.bySign().values().stream().allMatch(c -> c.opens().isEmpty())) {
        giveVariables(e);
      }
    }
    if (site.callee.scope().isPresent()) {
      return scopeOperation(e, site.callee.scope().get(), arguments);
    }
    if (scopes && site.callee.changesTaskFlags()) {
      TaskFlags.called(e, facts, model).ifPresent(change -> changeTaskFlags(e, change));
    }
    if (callee.equals(GUARD_ENTER) || callee.equals(GUARD_LEAVE)) {
      return onlyScopes ? Value.UNKNOWN : guard(e);
    }
    if (site.callee.context().isPresent()) {
      if (site.api.isPresent()) {
        // idr_preload() allocates before it forbids to.
        request(site, arguments);
      }
      return onlyScopes ? Value.UNKNOWN : contextOperation(e, site.callee.context().get());
    }
    if (site.scopeEffect == null) {
      handOverCookies(arguments);
      if (scopes && (callee.isEmpty() || program.resolve(unit, callee).isEmpty())) {
        handOverObjects(e);
      }
    }
    if (site.callee.started() >= 0) {
      noteThread(site.callee.started(), e.arguments());
    }
    if (site.callee.registers()) {
      noteRegistrations(e);
    }
    if (site.api.isPresent()) {
      request(site, arguments);
      return site.scopeEffect == null ? Value.UNKNOWN : applied(e, null, site.scopeEffect);
    }
    CallSite.Visit visit = new CallSite.Visit(arguments, state.surroundings());
    if (!site.calls.contains(visit)) {
      site.calls.add(visit);
    }
    if (callee.isEmpty()) {
      return Value.UNKNOWN;
    }
    if (numbersWanted && SizeFunctions.contains(callee)) {
      return SizeFunctions.value(e, arguments, operandTypes);
    }
    if (site.lockEffect != null || site.scopeEffect != null) {
      return applied(e, onlyScopes ? null : site.lockEffect, site.scopeEffect);
    }
    OptionalInt filter = site.callee.maskFilter();
    if (filter.isPresent() && filter.getAsInt() < arguments.size()) {
      return Masks.unknownAnd(arguments.get(filter.getAsInt())).mapChosen(e.span());
    }
    // Where the callee writes the mask may be in another file.
    Value returned = knowledge.returnedMasks().of(unit, callee, arguments).mapChosen(e.span());
    return returned.masks().size() > 1 && leavesToCallers(e, arguments) ? Value.UNKNOWN : returned;
  }

  /** Whether which mask comes back hangs on flags of another kind that the callers choose. */
  private boolean leavesToCallers(Expr call, List<Value> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      boolean open =
          arguments.get(i) == Value.UNKNOWN || arguments.get(i) instanceof Value.Parameter;
      if (open && namesFlagsParameter(call.arguments().get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean namesFlagsParameter(Expr e) {
    int parameter = e.is(Expr.Kind.NAME) ? facts.parameter(e.name()) : -1;
    if (parameter >= 0) {
      Variable flags = facts.parameters().get(parameter);
      return !flags.isGfp() && !flags.type().endsWith("*");
    }
    return (e.is(Expr.Kind.BINARY) || e.is(Expr.Kind.UNARY))
        && e.anyOperand(this::namesFlagsParameter);
  }

  // ---- locks and other contexts

  /** {@code guard(class)(lock)} begins or ends, as the facts have it. */
  private Value guard(Expr e) {
    String name = e.arguments().get(0).name();
    ContextOperation operation = knowledge.contexts().guard(name).orElse(null);
    if (operation == null) {
      return Value.UNKNOWN;
    }
    int argument = operation.lockArgument().orElse(-1) + 1;
    Expr lock =
        argument > 0 && argument < e.arguments().size() ? e.arguments().get(argument) : null;
    if (isIgnored(operation, lock)) {
      return Value.UNKNOWN;
    }
    String object = lock == null ? "" : lock.text();
    if (e.callee().equals(GUARD_LEAVE)) {
      state.leave(operation.lock(), object);
      return Value.UNKNOWN;
    }
    Held entered =
        new Held(
            operation.lock(),
            operation.contexts(),
            object,
            e.span(),
            "guard(" + name + ")",
            lockClass(operation, lock));
    return entered(e, operation, entered);
  }

  private Value contextOperation(Expr e, ContextOperation operation) {
    int argument = operation.lockArgument().orElse(-1);
    Expr lock =
        argument >= 0 && argument < e.arguments().size() ? e.arguments().get(argument) : null;
    if (isIgnored(operation, lock)) {
      return Value.UNKNOWN;
    }
    String object = lock == null ? "" : lock.text();
    if (operation.kind() == ContextOperation.Kind.LEAVE) {
      if (operation.lock() == LockKind.IRQ && isLocal(e)) {
        // What was saved in this function is not the caller's, even if the save was not seen.
        state.mayLeave(operation.lock());
        return Value.UNKNOWN;
      }
      boolean own = state.leave(operation.lock(), object);
      if (operation.lock() != LockKind.IRQ
          && operation.contexts().contains(AtomicContext.IRQ_OFF)) {
        // Who also took the lock expects interrupts to have been on before.
        if (own) {
          state.mayEnableInterrupts();
        } else {
          state.enableInterrupts();
        }
      }
      return Value.UNKNOWN;
    }
    return entered(
        e,
        operation,
        new Held(
            operation.lock(),
            operation.contexts(),
            object,
            e.span(),
            e.callee() + "()",
            lockClass(operation, lock)));
  }

  /** A lock under which one may sleep is only noted, unless it was asked for. */
  private boolean isIgnored(ContextOperation operation, Expr lock) {
    if (!operation.contexts().isEmpty()) {
      return false;
    }
    if (lock != null) {
      sleepingLocks.add(LockClass.lastWord(operation, lock));
    }
    return !knowledge.sleepingLocks();
  }

  private LockClass lockClass(ContextOperation operation, Expr lock) {
    return knowledge.sleepingLocks() && operation.contexts().isEmpty() && lock != null
        ? LockClass.of(operation, lock, program, operandTypes, function)
        : null;
  }

  private LockClass lockClass(Expr lock) {
    return LockClass.of(lock, program, operandTypes, function);
  }

  /** Whether a restore is of flags that the function keeps itself. */
  private boolean isLocal(Expr restore) {
    return restore.arguments().size() == 1
        && restore.arguments().get(0).is(Expr.Kind.NAME)
        && facts.locals().stream()
            .anyMatch(v -> v.name().equals(restore.arguments().get(0).name()));
  }

  private Value entered(Expr e, ContextOperation operation, Held entered) {
    if (operation.taken() == ContextOperation.Taken.ALWAYS) {
      state.enter(entered);
      return Value.UNKNOWN;
    }
    LockEffect.Change taken =
        new LockEffect.Change(List.of(entered), LockEffect.Left.NOTHING, LockEffect.Left.NOTHING);
    return applied(
        e,
        operation.trylock()
            ? new LockEffect(taken, LockEffect.Change.NONE)
            : new LockEffect(LockEffect.Change.NONE, taken),
        null);
  }

  /** At once if it happens in any case, else when the result is looked at. */
  private Value applied(Expr call, LockEffect lock, ScopeEffect scope) {
    boolean locksLater = lock != null && lock.isConditional() && call.span() != null;
    boolean scopesLater = scope != null && scope.isConditional() && call.span() != null;
    Value value = Value.UNKNOWN;
    if (lock != null && !locksLater && !lock.isConditional()) {
      apply(lock.onTrue(), call, state);
    }
    if (scope != null && !scopesLater) {
      value = apply(scope.when(Sign.ANY), call, state);
      Set<Sign> signs = scope.bySign().keySet();
      if (value == Value.UNKNOWN && lock == null && signs.size() < Sign.ANY.size()) {
        value = Sign.value(signs);
      }
    }
    if (locksLater || scopesLater) {
      outcomes.put(
          call.span(), new Outcome(call, locksLater ? lock : null, scopesLater ? scope : null));
      return value == Value.UNKNOWN ? new Value.Outcome(call.span()) : value;
    }
    return value;
  }

  /** Whether a call that asks for the context can return that, as far as the context is known. */
  boolean canAnswer(String callee, boolean truth) {
    if (contexts.isEmpty() && state.held().isEmpty()) {
      return true;
    }
    Optional<ContextQuestion> question = knowledge.contexts().contextQuestion(callee);
    if (question.isEmpty()) {
      return true;
    }
    Set<AtomicContext> inside = new LinkedHashSet<>(contexts);
    state.held().forEach(h -> inside.addAll(h.contexts()));
    // Where the callers are not known, what was entered here need not be all.
    ContextQuestion.Answer answer =
        contexts.isEmpty() && !question.get().isDecidedBy(inside)
            ? ContextQuestion.Answer.EITHER
            : question.get().answer(inside);
    return answer != (truth ? ContextQuestion.Answer.ZERO : ContextQuestion.Answer.NON_ZERO);
  }

  /**
   * More is known of the result of a call.
   *
   * @param signs what it can still be
   */
  void decide(Span call, Set<Sign> signs, PathState at) {
    Outcome outcome = outcomes.get(call);
    if (outcome == null) {
      return;
    }
    if (outcome.locks != null) {
      apply(
          signs.contains(Sign.ZERO) ? outcome.locks.onFalse() : outcome.locks.onTrue(),
          outcome.call,
          at);
    }
    decideScopes(outcome, signs, at);
  }

  /** What a call can return of these, as far as its effect on scopes tells. */
  Set<Sign> possible(Span call, Set<Sign> signs) {
    Set<Sign> possible = EnumSet.copyOf(signs);
    Outcome outcome = outcomes.get(call);
    if (outcome != null && outcome.scopes != null) {
      possible.retainAll(outcome.scopes.bySign().keySet());
    }
    return possible;
  }

  private void decideScopes(Outcome outcome, Set<Sign> signs, PathState at) {
    if (outcome.scopes != null) {
      apply(outcome.scopes.when(signs), outcome.call, at);
    }
  }

  /** The cookie, if the function returns one. */
  private Value apply(ScopeEffect.Change change, Expr call, PathState at) {
    for (ScopeEffect.Closed closed : change.closes()) {
      String place = Places.atCall(call, closed.place());
      Value known = Places.isVariable(place) ? at.variable(place) : null;
      journal.restore(
          call.span(), closed.at(place), known == null ? Value.UNKNOWN : known, false, at);
    }
    Value returned = Value.UNKNOWN;
    int index = 0;
    for (ScopeEffect.Opened opened : change.opens()) {
      String place = Places.atCall(call, opened.place());
      if (opened.found() && at.hasScopeLike(opened.kind(), place)) {
        continue;
      }
      if (hasTooManyScopes(at)) {
        break;
      }
      boolean isReturned = place.equals(ScopeEffect.RETURNED);
      boolean local = isReturned || Places.isVariable(place);
      int number =
          journal.open(
              call.span(),
              index++,
              opened.kind(),
              call.callee(),
              isReturned ? "" : place,
              opened.found()
                  ? Keeper.CALLER
                  : local
                      ? Keeper.THIS_FUNCTION
                      : place.isEmpty() ? Keeper.SOMEBODY : Keeper.OBJECT,
              opened.nests(),
              opened.provided(),
              at);
      if (isReturned) {
        returned = new Value.Cookie(number);
      } else if (local) {
        at.assign(place, new Value.Cookie(number));
      }
    }
    return returned;
  }

  private boolean hasTooManyScopes(PathState at) {
    if (at.scopes().size() < MAX_OPEN_SCOPES) {
      return false;
    }
    bounded = true;
    scopesBounded = true;
    return true;
  }

  /** Whoever gets an object and is not known may close the scope that it keeps. */
  private void handOverObjects(Expr call) {
    for (OpenScope scope : state.scopes()) {
      if (scope.keeper() == Keeper.OBJECT) {
        String root = Places.root(scope.cookie());
        for (Expr argument : call.arguments()) {
          Expr object = argument.behindAddress();
          if (object.isName(root)) {
            state.replaceScope(scope.number(), OpenScope::handOver);
          }
        }
      }
    }
  }

  private void apply(LockEffect.Change change, Expr call, PathState state) {
    change.always().locks().forEach(lock -> state.leave(lock, ""));
    change.sometimes().locks().forEach(state::mayLeave);
    if (change.always().interrupts()) {
      state.enableInterrupts();
    } else if (change.sometimes().interrupts()) {
      state.mayEnableInterrupts();
    }
    for (Held h : change.enters()) {
      LockClass lockClass =
          h.lockClass() == null ? null : h.lockClass().atCall(call, this::lockClass);
      state.enter(
          new Held(
              h.lock(), h.contexts(), h.object(), call.span(), call.callee() + "()", lockClass));
    }
  }

  private List<Value> arguments(Expr e, Site site) {
    if (e.operands().size() == 1) {
      return List.of();
    }
    boolean outerWanted = numbersWanted;
    numbersWanted =
        site.api.isPresent()
            // Flags that are handed on may exclude what happens below.
            || !state.held().isEmpty() && !e.callee().isEmpty()
            || numbersWanted && SizeFunctions.contains(e.callee())
            || site.mayTakeMask;
    List<Value> arguments = new ArrayList<>(e.operands().size() - 1);
    for (Expr argument : e.arguments()) {
      Value value = evaluate(argument);
      arguments.add(
          value instanceof Value.Signs || value instanceof Value.Kept ? Value.UNKNOWN : value);
    }
    numbersWanted = outerWanted;
    return arguments;
  }

  private void noteRegistrations(Expr call) {
    for (EntryContext entry :
        knowledge.contexts().registrations(call.callee(), c -> names(call, c))) {
      int argument = entry.argument().orElse(-1);
      if (argument >= 0 && argument < call.arguments().size()) {
        Expr given = call.arguments().get(argument);
        Expr named = given.behindAddress();
        if (!entry.field().isEmpty()) {
          registrations.add(new Registration(named.text(), -1, entry, call));
        } else if (named.is(Expr.Kind.NAME)) {
          int parameter =
              state.variable(named.name()) instanceof Value.Parameter p ? p.index() : -1;
          registrations.add(new Registration(named.name(), parameter, entry, call));
        }
      }
    }
  }

  private static boolean names(Expr e, String constant) {
    return e.isName(constant) || e.anyOperand(o -> names(o, constant));
  }

  private void noteThread(int argument, List<Expr> arguments) {
    if (argument < arguments.size()) {
      Expr started = arguments.get(argument);
      Expr named = started.is(Expr.Kind.UNARY) ? started.operand(0) : started;
      if (named.is(Expr.Kind.NAME)) {
        threads.add(named.name());
      }
    }
  }

  private void handOverCookies(List<Value> arguments) {
    for (Value argument : arguments) {
      if (argument instanceof Value.Cookie cookie) {
        state.replaceScope(cookie.scope(), OpenScope::handOver);
      }
    }
  }

  private void request(Site site, List<Value> arguments) {
    AllocatorApi api = site.api.orElseThrow();
    Value mask;
    int index = api.maskArgument().orElse(-1);
    if (index >= 0 && index < arguments.size()) {
      mask = arguments.get(index);
      boolean atomic = !contexts.isEmpty() || !state.held().isEmpty();
      Expr given = site.call.arguments().get(index);
      if (atomic && mask == Value.UNKNOWN && given.is(Expr.Kind.FIELD)) {
        mask = knowledge.fieldMasks().of(unit, given.name());
      }
    } else if (api.implicitMask().isPresent()) {
      mask = implicitMask(api);
    } else {
      mask = Value.UNKNOWN;
    }
    Value size = Sizes.requested(api.size(), arguments);
    RequestSite.Visit visit = new RequestSite.Visit(mask, size, state.surroundings());
    if (!site.requests.contains(visit)) {
      site.requests.add(visit);
    }
  }

  /** Whether the sign of a variable is worth remembering. */
  boolean tellsScopes(String variable) {
    return scan.tellsScopes(variable);
  }

  AllocatorModel model() {
    return model;
  }

  private Value implicitMask(AllocatorApi api) {
    GfpMask mask = GfpMask.NONE;
    for (String name : api.implicitMask().orElseThrow().split("\\|")) {
      Optional<GfpMask> known = model.mask(name.strip());
      if (known.isEmpty()) {
        return Value.UNKNOWN;
      }
      mask = mask.or(known.get());
    }
    return Value.mask(MaskAlternative.constant(mask, null));
  }

  private Value scopeOperation(Expr e, ScopeOperation operation, List<Value> arguments) {
    if (operation.opens()) {
      if (hasTooManyScopes(state)) {
        return Value.UNKNOWN;
      }
      return new Value.Cookie(
          journal.open(
              e.span(), 0, operation.kind(), "", "", Keeper.THIS_FUNCTION, false, "", state));
    }
    if (arguments.isEmpty()) {
      return Value.UNKNOWN;
    }
    Expr cookie = e.arguments().get(0);
    Value known = cookie.is(Expr.Kind.NAME) ? state.variable(cookie.name()) : null;
    journal.restore(
        e.span(),
        new ScopeEffect.Closed(operation.kind(), cookie.text(), true, false),
        known == null ? arguments.get(0) : known,
        true,
        state);
    return Value.UNKNOWN;
  }

  /** A scope without a cookie of its own: nobody can be held to close it. */
  private void changeTaskFlags(Expr by, TaskFlags.Change change) {
    Span place = by.span() == null ? facts.span() : by.span();
    int index = 0;
    for (ScopeKind kind : change.kinds()) {
      if (change.opens()) {
        journal.open(place, index++, kind, "", change.place(), Keeper.SOMEBODY, true, "", state);
      } else if (change.anybodys() || state.hasScopeLike(kind, change.place())) {
        journal.restore(
            place,
            new ScopeEffect.Closed(kind, change.place(), true, false),
            Value.UNKNOWN,
            false,
            state);
      }
    }
  }
}
