package org.gfplint.flow;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.GfpMask;
import org.gfplint.model.ScopeKind;

/**
 * An allocation with a known mask: the call that decides on the mask, and the way from there to the
 * allocator.
 *
 * @param function where the mask is decided on
 * @param call the allocator's call, or the call of a function that hands the mask on
 * @param api the allocator that gets it in the end
 * @param chosen where the mask is written, or null
 * @param sizeText the size as the allocator's call has it
 * @param scopes open task scopes, outermost first
 * @param covers scopes that every known caller of {@code function} has open, for some of them
 * @param held contexts in which nothing may sleep and that the request is made in, outermost first
 * @param approach calls from where the first of them was entered down to {@code function}
 * @param path calls from {@code call} to the allocator's own; empty if it is called directly
 * @param choice whether the code chooses this mask or another by a condition that is not understood
 * @param indirect how many functions the calls through pointers on the approach can mean, all told;
 *     0 if there are none
 */
public record Request(
    int function,
    Expr call,
    AllocatorApi api,
    GfpMask mask,
    Span chosen,
    AllocationSize size,
    List<Expr> sizeText,
    List<Scope> scopes,
    List<Cover> covers,
    List<Context> held,
    List<Hop> approach,
    List<Hop> path,
    boolean choice,
    int indirect) {

  /**
   * An open scope and the function that opened it.
   *
   * @param by what that function called to open it, or "" if it did itself
   * @param provided what it takes for it to be open at all, a clause; "" if nothing
   */
  public record Scope(ScopeKind kind, int function, Span opened, String by, String provided) {
    /** What {@link #by} is to a reader: a function, or words for who it was; "" if nobody else. */
    public String opener() {
      return by.isEmpty() || by.contains(" ") ? by : by + "()";
    }

    /** The parts of {@link #provided}; none if nothing is asked for. */
    public List<String> clauses() {
      return OpenScope.clauses(provided);
    }

    static Scope of(int function, OpenScope open) {
      return new Scope(open.kind(), function, open.opened(), open.by(), open.provided());
    }
  }

  /**
   * A scope that a caller has open.
   *
   * @param approach calls from there down to the function
   */
  public record Cover(Scope scope, List<Hop> approach) {
    /** The same where the scope may have been left for a moment and not entered again. */
    Cover lapse() {
      return new Cover(
          new Scope(
              scope.kind, scope.function, scope.opened, scope.by, OpenScope.lapsed(scope.provided)),
          approach);
    }
  }

  Request coveredBy(List<Cover> more) {
    return new Request(
        function, call, api, mask, chosen, size, sizeText, scopes, more, held, approach, path,
        choice, indirect);
  }

  /**
   * A context in which nothing may sleep.
   *
   * @param function the one that enters it, or that is only ever called in it
   * @param entered where it is entered, or where the function is registered
   * @param in the function that {@code entered} lies in
   * @param how what happens there, a clause
   * @param certain whether it holds for sure
   * @param given what the arguments of the function are in it, as in {@link EntryContext#given}
   */
  public record Context(
      int function,
      Set<AtomicContext> contexts,
      Span entered,
      int in,
      String how,
      boolean certain,
      Set<String> given) {
    Context uncertain() {
      return new Context(function, contexts, entered, in, how, false, given);
    }

    static Context of(int function, Held held) {
      String what = held.object().isEmpty() ? "" : " of " + held.object();
      return new Context(
          function, held.contexts(), held.entered(), function, held.by() + what, true, Set.of());
    }
  }

  /** A call on the way to the allocator. */
  public record Hop(int function, Expr call) {}

  /** The same, with other contexts. */
  Request heldIn(List<Context> contexts) {
    return new Request(
        function, call, api, mask, chosen, size, sizeText, scopes, covers, contexts, approach, path,
        choice, indirect);
  }

  /** The same, as if nothing were known of contexts in which nothing may sleep. */
  public Request anywhere() {
    return held.isEmpty() ? this : heldIn(List.of());
  }

  /** The same, if what is known of its contexts may not hold on its way. */
  Request asUncertain() {
    return heldIn(held.stream().map(Context::uncertain).toList());
  }

  /** The same, chosen among several masks. */
  Request asChoice() {
    return new Request(
        function, call, api, mask, chosen, size, sizeText, scopes, covers, held, approach, path,
        true, indirect);
  }

  public AllocationRequest toModel() {
    return new AllocationRequest(api, mask, size);
  }

  public ExecutionContext context() {
    Set<AtomicContext> atomic = EnumSet.noneOf(AtomicContext.class);
    held.forEach(h -> atomic.addAll(h.contexts()));
    return ExecutionContext.PROCESS
        .withScopes(
            Stream.concat(covers.stream().map(Cover::scope), scopes.stream())
                .map(Scope::kind)
                .distinct()
                .toList())
        .withAtomic(atomic);
  }
}
