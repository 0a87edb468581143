package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Span;
import org.gfplint.model.EntryContext;

/**
 * A request that restricts itself more than any way to it asks for.
 *
 * @param request one way through it
 * @param ways every way to its function
 */
public record Needless(Request request, List<Way> ways) {
  /**
   * A way.
   *
   * @param callback the function that the kernel calls
   * @param entry where it calls it from; null for a function that runs when its module is loaded
   * @param in the function that {@code place} lies in, or the first of its file
   * @param place where the callback is made known
   * @param calls from the callback down to the function
   */
  public record Way(
      int callback, EntryContext entry, int in, Span place, List<Request.Hop> calls) {}
}
