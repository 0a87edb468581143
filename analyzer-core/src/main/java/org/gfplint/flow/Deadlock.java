package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Span;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ReclaimKind;

/**
 * A request made with a lock held that reclaim may wait for on its behalf.
 *
 * @param request the request; its contexts are the locks
 * @param lock what both sides take
 * @param taken how reclaim takes it
 * @param usuallySafe whether all callers that are seen have a scope open that forbids such reclaim
 */
public record Deadlock(Request request, LockClass lock, Taken taken, boolean usuallySafe) {
  /**
   * A lock that reclaim waits for.
   *
   * @param kind which requests for memory may get there
   * @param entry what reclaim calls
   * @param callback the function that is called
   * @param registeredIn the function that {@code registered} lies in, or that stands in its file
   * @param registered where the function is made known to the kernel
   * @param path calls from there down to the one that takes the lock, which is the last
   * @param indirect how many functions the calls through pointers on the path can mean, all told
   * @param unlikely whether reclaim may well never get there, or not with the same object: the lock
   *     is one of many of its class, in an object that nobody else can be using then
   */
  public record Taken(
      ReclaimKind kind,
      EntryContext entry,
      int callback,
      int registeredIn,
      Span registered,
      List<Request.Hop> path,
      int indirect,
      boolean unlikely) {}
}
