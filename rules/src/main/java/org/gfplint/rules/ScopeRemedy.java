package org.gfplint.rules;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gfplint.facts.Expr;
import org.gfplint.finding.Location;
import org.gfplint.finding.Remedy;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.ScopedForm;
import org.gfplint.model.Violation;

/** Task scopes instead of restricted masks; for {@link Report#remedy}. */
final class ScopeRemedy {
  private ScopeRemedy() {}

  /**
   * A scope around the call that decides on the mask, with an unrestricted mask inside: what the
   * kernel's documentation recommends for vmalloc (core-api/gfp_mask-from-fs-io). Empty unless the
   * mask is written there by name, and the model says that the scope mends the request and breaks
   * nothing else.
   */
  static Optional<Function<Location, Remedy>> wrap(
      FlowAnalysis analysis, Request request, Violation violation) {
    Optional<ScopedForm> form =
        analysis.model().scopedForm(request.mask(), names(request.call().arguments()));
    return form.filter(f -> mends(analysis, request, violation, f)).map(ScopeRemedy::wrap);
  }

  private static Function<Location, Remedy> wrap(ScopedForm form) {
    String scope = form.scope().spelling();
    return place ->
        new Remedy.Wrap(
            "open a "
                + scope
                + " scope around the call: all of it keeps to a scope, as it does not to "
                + form.name()
                + "; revisit it, since the scope belongs where reclaim becomes dangerous, around"
                + " all that allocates there",
            place,
            form.scope(),
            "Part of this call ignores "
                + form.name()
                + ", all of it keeps to a scope.\n"
                + "FIXME: better open it where reclaim becomes dangerous.",
            Map.of(form.name(), form.instead()));
  }

  private static boolean mends(
      FlowAnalysis analysis, Request request, Violation violation, ScopedForm form) {
    Set<Violation.Kind> before = kinds(analysis.violations(request.toModel(), request.context()));
    before.remove(violation.kind());
    // A mask wider than the scope is what the scope is for.
    before.add(Violation.Kind.SCOPE_NARROWS);
    List<ScopeKind> scopes =
        request.scopes().stream().map(Request.Scope::kind).collect(Collectors.toList());
    scopes.add(form.scope());
    AllocationRequest wide = new AllocationRequest(request.api(), form.mask(), request.size());
    return before.containsAll(
        kinds(analysis.violations(wide, ExecutionContext.PROCESS.withScopes(scopes))));
  }

  private static Set<Violation.Kind> kinds(List<Violation> violations) {
    return violations.stream()
        .map(Violation::kind)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Violation.Kind.class)));
  }

  /**
   * An unrestricted mask where a scope restricts already. Empty unless the restricted one is
   * written by name in the call's arguments.
   */
  static Optional<Function<Location, Remedy>> unrestrict(FlowAnalysis analysis, Request request) {
    return analysis
        .model()
        .scopedForm(request.mask(), names(request.call().arguments()))
        .map(
            form ->
                place ->
                    new Remedy.Rename(
                        "write "
                            + form.instead()
                            + " instead of "
                            + form.name()
                            + ": the "
                            + form.scope().spelling()
                            + " scope restricts the request already",
                        place,
                        Map.of(form.name(), form.instead())));
  }

  /** The names in masks, not those of calls inside the arguments. */
  private static List<String> names(List<Expr> arguments) {
    List<String> names = new ArrayList<>();
    arguments.forEach(argument -> collect(argument, names));
    return names;
  }

  private static void collect(Expr e, List<String> names) {
    if (e.is(Expr.Kind.BINARY)) {
      e.operands().forEach(operand -> collect(operand, names));
    } else if (e.is(Expr.Kind.NAME)) {
      names.add(e.name());
    }
  }
}
