package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocationRequest;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorApi;
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
 * @param path calls from {@code call} to the allocator's own; empty if it is called directly
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
    List<Hop> path) {

  /** An open scope and the function that opened it. */
  public record Scope(ScopeKind kind, int function, Span opened) {}

  /** A call on the way to the allocator. */
  public record Hop(int function, Expr call) {}

  public AllocationRequest toModel() {
    return new AllocationRequest(api, mask, size);
  }

  public ExecutionContext context() {
    return ExecutionContext.PROCESS.withScopes(scopes.stream().map(Scope::kind).toList());
  }
}
