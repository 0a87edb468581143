package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.ScopeOperation;
import org.gfplint.program.Program;

/**
 * Finds cookies that a field keeps from one function to another: restored as another kind than they
 * were saved, or by another task.
 */
final class CookiesInObjects {
  /** A save into a field, or a restore out of it. */
  private record Use(int function, Span call, ScopeKind kind, String cookie) {}

  private static final class Field {
    final List<Use> saves = new ArrayList<>(1);
    final List<Use> restores = new ArrayList<>(1);
  }

  /** Where a function becomes what another task, or an interrupt, calls. */
  private record Start(Span place, int function) {}

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;
  private final StoredFunctions stored;
  private final Map<String, Field> fields = new TreeMap<>();
  private final Map<Integer, Start> callbacks = new HashMap<>();

  CookiesInObjects(
      Knowledge knowledge, FunctionSummary[] summaries, CallGraph graph, StoredFunctions stored) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    this.stored = stored;
  }

  List<CookieElsewhere> find() {
    for (FunctionSummary summary : summaries) {
      if (summary.hasScopes()) {
        look(summary.function());
      }
    }
    List<CookieElsewhere> found = new ArrayList<>();
    for (Field field : fields.values()) {
      if (!field.saves.isEmpty()) {
        field.restores.forEach(restore -> judge(field, restore).ifPresent(found::add));
      }
    }
    return List.copyOf(found);
  }

  private void look(int function) {
    FunctionFacts facts = program.facts(function);
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        look(function, facts, event);
      }
    }
  }

  private void look(int function, FunctionFacts facts, Expr e) {
    if (e.is(Expr.Kind.ASSIGN) && e.operand(0).is(Expr.Kind.FIELD)) {
      operation(e.operand(1), true)
          .ifPresent(o -> note(function, facts, e.operand(0), e.operand(1), o.kind(), true));
    } else if (!e.arguments().isEmpty() && e.arguments().get(0).is(Expr.Kind.FIELD)) {
      operation(e, false)
          .ifPresent(o -> note(function, facts, e.arguments().get(0), e, o.kind(), false));
    }
  }

  private Optional<ScopeOperation> operation(Expr call, boolean opens) {
    return call.callee().isEmpty()
        ? Optional.empty()
        : knowledge.model().scopeOperation(call.callee()).filter(o -> o.opens() == opens);
  }

  private void note(
      int function, FunctionFacts facts, Expr field, Expr call, ScopeKind kind, boolean save) {
    OperandTypes.Typed typed =
        new OperandTypes(program.types(), knowledge.sizes(), program.unitOf(function), facts)
            .typeOf(field.operand(0));
    if (typed == null || !typed.type().startsWith("struct ") || call.span() == null) {
      return;
    }
    Field kept =
        fields.computeIfAbsent(
            typed.type().replace("*", "") + "." + field.name(), f -> new Field());
    (save ? kept.saves : kept.restores).add(new Use(function, call.span(), kind, field.text()));
  }

  private Optional<CookieElsewhere> judge(Field field, Use restore) {
    // What one function does by itself is seen path by path.
    if (field.saves.stream().anyMatch(s -> s.function == restore.function)) {
      return Optional.empty();
    }
    Use save = field.saves.get(0);
    if (field.saves.stream().noneMatch(s -> s.kind == restore.kind)) {
      return Optional.of(wrong(restore, save, null));
    }
    if (callbacks.isEmpty()) {
      findCallbacks();
    }
    Start start = start(restore.function);
    boolean onlyThere =
        start != null
            && field.restores.stream().allMatch(r -> start(r.function) != null)
            && field.saves.stream().allMatch(s -> start(s.function) == null);
    return onlyThere ? Optional.of(wrong(restore, save, start)) : Optional.empty();
  }

  private static CookieElsewhere wrong(Use restore, Use save, Start start) {
    return new CookieElsewhere(
        restore.function,
        restore.call,
        restore.kind,
        restore.cookie,
        save.function,
        save.call,
        save.kind,
        start == null ? null : start.place,
        start == null ? -1 : start.function);
  }

  // ---- other tasks

  /** What makes a function run in another task; null if that is not known. */
  private Start start(int function) {
    Start own = callbacks.get(function);
    int[] callers = graph.callers(function);
    return own == null && callers.length == 1 ? callbacks.get(callers[0]) : own;
  }

  private void findCallbacks() {
    for (FunctionSummary summary : summaries) {
      for (Registration registration : summary.registrations()) {
        EntryContext entry = registration.entry();
        int callback =
            registration.parameter() >= 0
                    || !entry.inherits().isEmpty()
                    || entry.field().isEmpty() && entry.argument().isEmpty()
                ? -1
                : graph.resolve(program.unitOf(summary.function()), registration.callback());
        if (callback >= 0) {
          callbacks.putIfAbsent(
              callback, new Start(registration.call().span(), summary.function()));
        }
      }
    }
    for (StoredFunctions.Stored each : stored.all()) {
      StoredFunctions.Place place = each.place();
      boolean interrupt =
          place.function() >= 0
              && knowledge.contexts().slots(place.struct(), place.field()).stream()
                  .anyMatch(entry -> !entry.contexts().isEmpty());
      if (interrupt) {
        callbacks.putIfAbsent(each.function(), new Start(place.span(), place.function()));
      }
    }
  }
}
