package org.gfplint.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.flow.Request;
import org.gfplint.flow.ScopeMap;
import org.gfplint.program.Program;

/**
 * The task scopes of a tree, or of some paths of it, in words; what every form of the report shows.
 *
 * @param tool what made it, with its version
 * @param kernel the version judged by
 * @param paths what was asked about; empty for all of the tree
 */
public record ScopeReport(
    String tool,
    String kernel,
    List<String> paths,
    Totals totals,
    List<Scope> scopes,
    List<Mask> masks,
    List<Area> areas) {

  /**
   * Figures.
   *
   * @param here direct calls of save functions in the paths
   * @param byHand assignments in the paths that set a task's flag directly
   * @param elsewhere scopes that functions of the paths hold and helpers elsewhere open
   * @param across pairs whose save and restore stand in two functions
   */
  public record Totals(
      int here,
      int paired,
      int across,
      int elsewhere,
      int byHand,
      int masks,
      int removable,
      int insideAsRead,
      int areas) {
    public int unpaired() {
      return here - paired;
    }
  }

  /** A line of a function. */
  public record Place(String path, int line, String function) {
    @Override
    public String toString() {
      return path + ":" + line;
    }
  }

  /**
   * One call that opens a scope.
   *
   * @param kind "nofs" and so on; "flags" if the call's arguments decide
   * @param save the call, in C
   * @param cookie what it is assigned to, in C, or ""
   * @param custody how the cookie gets to the restore, in words
   * @param unpaired why no restore is known, or ""
   * @param listed whether it stands in the paths
   * @param byHand whether it is no call but an assignment
   */
  public record Scope(
      Place place,
      String kind,
      String save,
      String cookie,
      String custody,
      List<Place> restores,
      String unpaired,
      boolean listed,
      boolean byHand,
      List<Holder> holders,
      List<Inside> requests) {

    public int callsInside() {
      return holders.stream().mapToInt(h -> h.calls().size()).sum();
    }

    /** Requests inside that a scope is this to. */
    public long requests(String effect) {
      return requests.stream().filter(r -> r.effect().equals(effect)).count();
    }
  }

  /** A function in which the scope is open, and what it calls then. */
  public record Holder(String path, String function, List<Call> calls) {}

  /** A call; its callee is a name, or an expression for a call through a pointer. */
  public record Call(String callee, int line) {}

  /**
   * A request inside a scope.
   *
   * @param call the function that is called
   * @param effect "redundant", "restricted" or "narrowed"
   * @param calls how far below the scope's holder; 0 if it makes the request itself
   */
  public record Inside(Place place, String call, String mask, String effect, int calls) {}

  /**
   * A request with a mask that keeps out of filesystems.
   *
   * @param status "removable", "inside as read" or "needed"
   * @param why a clause
   * @param way calls that lead there, outermost first
   */
  public record Mask(
      Place place, String call, String mask, String status, String why, List<Step> way) {}

  /** A call on a way. */
  public record Step(Place place, String call) {}

  /**
   * A vmalloc or kvmalloc request inside a scope.
   *
   * @param needed whether it would enter filesystems or start IO without the scope
   */
  public record Area(Place place, String call, String mask, String scope, boolean needed) {}

  /** What was found out about some paths. */
  public static ScopeReport of(Check.Analysis analysis, List<String> paths, String tool) {
    return new Builder(analysis).report(paths, tool);
  }

  private static final class Builder {
    private final FlowAnalysis flow;
    private final Program program;
    private final IntPredicate wanted;

    Builder(Check.Analysis analysis) {
      flow = analysis.flow();
      program = flow.program();
      wanted = function -> analysis.paths().contains(program.path(program.unitOf(function)));
    }

    ScopeReport report(List<String> paths, String tool) {
      ScopeMap map = flow.scopes(wanted);
      List<Scope> scopes = map.openings().stream().map(this::scope).toList();
      List<Mask> masks = map.masks().stream().map(this::mask).toList();
      List<Area> areas = map.areas().stream().map(this::area).toList();
      Totals totals =
          new Totals(
              count(scopes, s -> s.listed && !s.byHand),
              count(scopes, s -> s.listed && !s.byHand && s.unpaired.isEmpty()),
              count(scopes, s -> s.unpaired.isEmpty() && !isRestoredWhereSaved(s)),
              count(scopes, s -> !s.listed),
              count(scopes, s -> s.listed && s.byHand),
              masks.size(),
              count(masks, m -> m.status.equals("removable")),
              count(masks, m -> m.status.equals("inside as read")),
              areas.size());
      return new ScopeReport(
          tool,
          flow.model().version().toString(),
          List.copyOf(paths),
          totals,
          scopes,
          masks,
          areas);
    }

    private static <T> int count(List<T> all, Predicate<T> test) {
      return (int) all.stream().filter(test).count();
    }

    private static boolean isRestoredWhereSaved(Scope scope) {
      return scope.restores.stream()
          .anyMatch(
              r -> r.path.equals(scope.place.path) && r.function.equals(scope.place.function));
    }

    private Place place(int function, Span span) {
      return new Place(
          program.path(program.unitOf(function)),
          span == null ? program.facts(function).span().line() : span.line(),
          program.name(function));
    }

    private Place place(ScopeMap.Place at) {
      return place(at.function(), at.span());
    }

    private Scope scope(ScopeMap.Opening opening) {
      return new Scope(
          place(opening.place()),
          opening.kind().map(k -> k.spelling()).orElse("flags"),
          opening.text(),
          opening.cookie(),
          opening.isPaired() ? custody(opening) : "",
          opening.restores().stream().map(this::place).toList(),
          opening.unpaired(),
          wanted.test(opening.place().function()),
          opening.custody() == ScopeMap.Custody.BY_HAND,
          opening.holders().stream().filter(h -> !h.calls().isEmpty()).map(this::holder).toList(),
          opening.requests().stream().map(this::inside).toList());
    }

    private static String custody(ScopeMap.Opening opening) {
      return switch (opening.custody()) {
        case THIS_FUNCTION -> "restored in the same function";
        case RETURNED -> "the cookie is returned to the caller";
        case OBJECT -> "the cookie is kept in an object";
        case HANDED_ON -> "the cookie is handed on";
        case NOBODY -> "the cookie is not kept";
        case BY_HAND -> "the flag is set and cleared directly";
      };
    }

    private Holder holder(ScopeMap.Holder holder) {
      List<Call> calls = new ArrayList<>();
      for (Expr call : holder.calls()) {
        String callee = call.callee().isEmpty() ? call.operand(0).text() : call.callee();
        calls.add(new Call(callee, call.span().line()));
      }
      return new Holder(
          program.path(program.unitOf(holder.function())),
          program.name(holder.function()),
          List.copyOf(calls));
    }

    private Inside inside(ScopeMap.Inside inside) {
      Request request = inside.request();
      return new Inside(
          place(request.function(), request.call().span()),
          request.call().callee(),
          flow.model().describe(request.mask()),
          inside.effect().name().toLowerCase(Locale.ROOT),
          inside.calls());
    }

    // ---- masks

    private Mask mask(ScopeMap.RestrictedMask mask) {
      Request request = mask.request();
      ScopeMap.Outside outside = mask.outside();
      String status =
          outside == null ? "removable" : outside.insideAsRead() ? "inside as read" : "needed";
      List<Step> way = new ArrayList<>();
      if (outside == null) {
        for (Request.Cover cover : mask.covers()) {
          way.addAll(steps(cover.approach()));
        }
      } else {
        way.addAll(steps(outside.calls()));
      }
      return new Mask(
          place(request.function(), request.call().span()),
          request.call().callee(),
          flow.model().describe(request.mask()),
          status,
          outside == null ? covered(mask.covers()) : why(outside),
          List.copyOf(way));
    }

    private List<Step> steps(List<Request.Hop> hops) {
      return hops.stream()
          .map(h -> new Step(place(h.function(), h.call().span()), h.call().text()))
          .toList();
    }

    private String covered(List<Request.Cover> covers) {
      List<String> scopes = new ArrayList<>();
      for (Request.Cover cover : covers) {
        Request.Scope scope = cover.scope();
        Place opened = place(scope.function(), scope.opened());
        String by = scope.by().isEmpty() ? "" : " by " + scope.opener();
        scopes.add(
            "the "
                + scope.kind().spelling()
                + " scope opened"
                + by
                + " in "
                + opened.function
                + "() ("
                + opened
                + ")"
                + (scope.provided().isEmpty() ? "" : ", provided that " + scope.provided()));
      }
      return "always inside " + String.join(", ", scopes.stream().distinct().toList());
    }

    private String why(ScopeMap.Outside outside) {
      String first = program.name(outside.first()) + "()";
      String reached = outside.calls().isEmpty() ? first : "reached without a scope from " + first;
      switch (outside.reason()) {
        case OUTSIDE_HERE:
          return "the scope in " + first + " is not around every way to it";
        case TOO_MANY_PATHS:
          return "too many paths through " + first + " to be sure";
        case WIDER_SCOPE:
          return "the scope it is in forbids less";
        case GIVEN_AWAY:
          return outside.where().isEmpty()
              ? reached + ", which others get to call"
              : reached + ", which others call as " + outside.where();
        case NO_CALLER:
          return reached + ", of which no caller was read";
        default:
          return reached
              + ", which is not static; "
              + outside.inside()
              + " of "
              + outside.callers()
              + " callers that were read are inside a scope";
      }
    }

    private Area area(ScopeMap.Area area) {
      Request request = area.request();
      return new Area(
          place(request.function(), request.call().span()),
          request.call().callee(),
          flow.model().describe(request.mask()),
          area.scope().spelling(),
          !area.alone());
    }
  }
}
