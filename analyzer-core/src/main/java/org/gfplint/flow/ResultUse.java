package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpMask;

/**
 * What becomes of the result of a request that must not fail, where that is not what the request
 * can return.
 *
 * @param kind what is wrong
 * @param function where the request is decided on
 * @param call the allocator's, or that of a function that returns what the allocator returned
 * @param place the test, or where the result is used without one
 * @param pointer what holds the result, in C
 * @param asked the mask at {@code call}
 * @param api the allocator
 * @param used the mask that the allocator gets
 * @param path calls from {@code call} to the allocator's own; empty if it is called directly
 * @param certain false if a size that nobody knows could make a difference
 * @param facts what it rests on
 */
public record ResultUse(
    Kind kind,
    int function,
    Expr call,
    Span place,
    String pointer,
    GfpMask asked,
    AllocatorApi api,
    GfpMask used,
    List<Request.Hop> path,
    boolean certain,
    List<Fact> facts) {
  /** What can be wrong. */
  public enum Kind {
    /** It cannot be NULL, and is tested for it. */
    TESTED,
    /** It can be NULL, since what the mask says does not reach the allocator or means nothing. */
    UNTESTED
  }
}
