package org.gfplint.flow;

import java.util.List;
import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.ScopeKind;

/**
 * The task scopes of some paths of a program, and the requests that have to do with them.
 *
 * @param openings every place that opens one, in order of function and place
 * @param masks requests that restrict themselves, in the same order
 * @param areas vmalloc and kvmalloc requests that a scope makes keep to its restriction
 */
public record ScopeMap(List<Opening> openings, List<RestrictedMask> masks, List<Area> areas) {
  /** A place in a function. */
  public record Place(int function, Span span) {}

  /** How the cookie gets from the save to its restore. */
  public enum Custody {
    /** The function that saves also restores. */
    THIS_FUNCTION,
    /** It is returned. */
    RETURNED,
    /** It is kept in an object. */
    OBJECT,
    /** A variable of the caller's, or a function that was called, has it. */
    HANDED_ON,
    /** The result of the save is ignored. */
    NOBODY,
    /** There is none: the task's flag is set and cleared directly. */
    BY_HAND
  }

  /**
   * A call that opens a scope.
   *
   * @param kind empty if the call's arguments decide on it
   * @param text the call, or the assignment to the task's flags, in C
   * @param cookie where it is kept, in C; "" if nowhere
   * @param restores calls that restore the cookie, in order
   * @param unpaired why no restore is known; "" if one is
   * @param holders functions in which the scope is open for some calls, the one that opens it first
   * @param requests what is requested inside, as far as calls by name tell
   */
  public record Opening(
      Place place,
      Optional<ScopeKind> kind,
      String text,
      String cookie,
      Custody custody,
      List<Place> restores,
      String unpaired,
      List<Holder> holders,
      List<Inside> requests) {
    public boolean isPaired() {
      return !restores.isEmpty();
    }
  }

  /** A function and its calls inside the scope. */
  public record Holder(int function, List<Expr> calls) {}

  /** What a scope is to a request inside of it. */
  public enum Effect {
    /** The request restricts itself as much, and is always inside: that can go. */
    REDUNDANT,
    /** It restricts itself and is not always inside. */
    RESTRICTED,
    /** It would not be restricted without the scope. */
    NARROWED
  }

  /**
   * A request inside a scope.
   *
   * @param calls how many calls it is away from the scope's holder
   */
  public record Inside(Request request, Effect effect, int calls) {}

  /**
   * A request that restricts itself.
   *
   * @param covers scopes that make that redundant; empty if it is needed
   * @param outside why it is needed, as far as that is known; null if it is not
   */
  public record RestrictedMask(Request request, List<Request.Cover> covers, Outside outside) {
    public boolean isRedundant() {
      return outside == null;
    }
  }

  /** Why a function runs outside of a scope. */
  public enum Reason {
    /** The function that makes the request opens scopes, but not around all of it. */
    OUTSIDE_HERE,
    /** The address of the first function on the way is given away: anybody may call it. */
    GIVEN_AWAY,
    /** The first function on the way is not static, and not all that may call it was read. */
    NOT_STATIC,
    /** Nobody was found who calls the first function on the way. */
    NO_CALLER,
    /** Some paths through the function were left out. */
    TOO_MANY_PATHS,
    /** The mask restricts more than the scope it is in. */
    WIDER_SCOPE
  }

  /**
   * A way to a request on which no scope is open.
   *
   * @param first the function it begins with
   * @param where its address is given to, as in "inode_operations.setattr"; "" if nowhere known
   * @param callers how many call that function
   * @param inside how many of these do so inside a scope
   * @param insideAsRead whether all that was read calls the request's function inside a scope
   * @param calls from there down to the request's function
   */
  public record Outside(
      Reason reason,
      int first,
      String where,
      int callers,
      int inside,
      boolean insideAsRead,
      List<Request.Hop> calls) {}

  /**
   * A request for an area of virtual memory that is always inside a scope.
   *
   * @param scope what it is inside of
   * @param alone whether its mask alone, without the scope, would do
   */
  public record Area(Request request, ScopeKind scope, boolean alone) {}
}
