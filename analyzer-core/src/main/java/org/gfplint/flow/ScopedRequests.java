package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.gfplint.flow.ScopeMap.Effect;
import org.gfplint.flow.ScopeMap.Place;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.Violation;

/** Sorts requests by what task scopes are to them. */
final class ScopedRequests {
  /** Families of allocators that make areas of virtual memory. */
  private static final Set<String> AREAS = Set.of("vmalloc", "kvmalloc");

  private final FlowAnalysis analysis;
  private final AllocatorModel model;
  private final Coverage coverage;
  private final IntPredicate wanted;

  /** Blocking requests of wanted functions that one call makes, in order. */
  private final Map<Place, List<Request>> byPlace = new LinkedHashMap<>();

  private final Map<Integer, List<Place>> byFunction = new HashMap<>();

  ScopedRequests(FlowAnalysis analysis, Coverage coverage, IntPredicate wanted) {
    this.analysis = analysis;
    this.model = analysis.model();
    this.coverage = coverage;
    this.wanted = wanted;
    for (Request request : analysis.requests()) {
      if (request.call().span() != null
          && wanted.test(request.function())
          && model.mayBlock(request.mask())) {
        Place place = new Place(request.function(), request.call().span());
        List<Request> same = byPlace.computeIfAbsent(place, p -> new ArrayList<>(1));
        if (same.isEmpty()) {
          byFunction.computeIfAbsent(request.function(), f -> new ArrayList<>()).add(place);
        }
        same.add(request);
      }
    }
    Comparator<Place> bySpan =
        Comparator.comparingInt((Place p) -> p.span().line())
            .thenComparingInt(p -> p.span().column());
    byFunction.values().forEach(places -> places.sort(bySpan));
  }

  // ---- inside scopes

  /** The openings with what is requested inside of each. */
  List<ScopeMap.Opening> fill(ScopeSurvey survey, List<ScopeMap.Opening> openings) {
    Map<Place, Map<Place, ScopeMap.Inside>> inside = new HashMap<>();
    Map<Place, Set<Place>> openedBy = survey.openedBy();
    byPlace.forEach(
        (place, requests) -> {
          for (Request request : requests) {
            for (Request.Scope scope : request.scopes()) {
              note(place, scope, 0, openedBy, inside);
            }
            for (Request.Cover cover : request.covers()) {
              note(place, cover.scope(), cover.approach().size(), openedBy, inside);
            }
          }
        });
    List<ScopeMap.Opening> filled = new ArrayList<>(openings.size());
    for (ScopeMap.Opening opening : openings) {
      Map<Place, ScopeMap.Inside> requests =
          inside.computeIfAbsent(opening.place(), p -> new LinkedHashMap<>());
      survey
          .reachedFrom(opening.holders(), wanted)
          .forEach(
              (function, calls) -> {
                for (Place place : byFunction.getOrDefault(function, List.of())) {
                  requests.computeIfAbsent(place, p -> inside(p, calls));
                }
              });
      List<ScopeMap.Inside> ordered = new ArrayList<>(requests.values());
      ordered.sort(Comparator.comparingInt(ScopeMap.Inside::calls));
      filled.add(
          new ScopeMap.Opening(
              opening.place(),
              opening.kind(),
              opening.text(),
              opening.cookie(),
              opening.custody(),
              opening.restores(),
              opening.unpaired(),
              opening.holders(),
              List.copyOf(ordered)));
    }
    return List.copyOf(filled);
  }

  private void note(
      Place request,
      Request.Scope scope,
      int calls,
      Map<Place, Set<Place>> openedBy,
      Map<Place, Map<Place, ScopeMap.Inside>> inside) {
    Place at = new Place(scope.function(), scope.opened());
    for (Place opening : openedBy.getOrDefault(at, Set.of())) {
      inside
          .computeIfAbsent(opening, o -> new LinkedHashMap<>())
          .merge(
              request, inside(request, calls), (one, other) -> one.calls() <= calls ? one : other);
    }
  }

  private ScopeMap.Inside inside(Place place, int calls) {
    List<Request> requests = byPlace.get(place);
    Request first = requests.get(0);
    Effect effect =
        !analysis.redundantOnEveryWay(requests).isEmpty()
            ? Effect.REDUNDANT
            : model.avoidsFilesystems(first.mask()) ? Effect.RESTRICTED : Effect.NARROWED;
    return new ScopeMap.Inside(first, effect, calls);
  }

  // ---- masks

  /** Every request whose own mask keeps reclaim out of filesystems. */
  List<ScopeMap.RestrictedMask> restricted() {
    List<ScopeMap.RestrictedMask> masks = new ArrayList<>();
    byPlace.forEach(
        (place, requests) -> {
          Request first = requests.get(0);
          // Nobody chose a mask that is implied.
          if (first.api().maskArgument().isPresent()
              && requests.stream().anyMatch(r -> model.avoidsFilesystems(r.mask()))) {
            List<Request> inside = analysis.redundantOnEveryWay(requests);
            masks.add(
                inside.isEmpty()
                    ? new ScopeMap.RestrictedMask(first, List.of(), outside(requests))
                    : new ScopeMap.RestrictedMask(first, covers(inside.get(0)), null));
          }
        });
    return List.copyOf(masks);
  }

  private static List<Request.Cover> covers(Request request) {
    return Stream.concat(
            request.scopes().stream().map(s -> new Request.Cover(s, List.of())),
            request.covers().stream())
        .toList();
  }

  private ScopeMap.Outside outside(List<Request> requests) {
    Request open =
        requests.stream()
            .filter(r -> analysis.redundancy(r).isEmpty())
            .findFirst()
            .orElse(requests.get(0));
    int function = open.function();
    if (analysis.redundancy(open).isPresent()) {
      return because(ScopeMap.Reason.TOO_MANY_PATHS, function);
    }
    if (!open.context().scopes().isEmpty()) {
      return because(ScopeMap.Reason.WIDER_SCOPE, function);
    }
    boolean sometimes = requests.stream().anyMatch(r -> !r.scopes().isEmpty());
    return sometimes
        ? because(ScopeMap.Reason.OUTSIDE_HERE, function)
        : coverage.outside(function, scopeFor(open));
  }

  /** The scope that would make the mask redundant. */
  private ScopeKind scopeFor(Request request) {
    ExecutionContext inNofs = ExecutionContext.PROCESS.withScopes(List.of(ScopeKind.NOFS));
    return model.redundancy(request.toModel(), inNofs).isPresent()
        ? ScopeKind.NOFS
        : ScopeKind.NOIO;
  }

  private static ScopeMap.Outside because(ScopeMap.Reason reason, int function) {
    return new ScopeMap.Outside(reason, function, "", 0, 0, false, List.of());
  }

  // ---- areas

  /** Requests for areas of virtual memory that are always inside a scope against reclaim. */
  List<ScopeMap.Area> areas() {
    List<ScopeMap.Area> areas = new ArrayList<>();
    byPlace.forEach(
        (place, requests) -> {
          Request first = requests.get(0);
          Set<ScopeKind> scopes = new LinkedHashSet<>(first.context().scopes());
          for (Request request : requests) {
            scopes.retainAll(new HashSet<>(request.context().scopes()));
          }
          scopes.remove(ScopeKind.PIN);
          scopes.remove(ScopeKind.NORECLAIM);
          if (AREAS.contains(first.api().family()) && !scopes.isEmpty()) {
            areas.add(new ScopeMap.Area(first, scopes.iterator().next(), doesAlone(requests)));
          }
        });
    return List.copyOf(areas);
  }

  private boolean doesAlone(List<Request> requests) {
    for (Request request : requests) {
      if (!model.avoidsFilesystems(request.mask())
          || analysis.violations(request.toModel(), ExecutionContext.PROCESS).stream()
              .anyMatch(v -> v.kind() == Violation.Kind.RESTRICTION_IGNORED)) {
        return false;
      }
    }
    return true;
  }
}
