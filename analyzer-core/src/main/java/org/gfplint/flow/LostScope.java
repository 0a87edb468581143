package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.Fact;

/**
 * Something that another task does for one that is inside a scope and waits for it, while the other
 * task makes a request that the scope would restrict.
 *
 * @param function the one that starts and waits
 * @param start the call that has the other task do it
 * @param startPath calls from a helper that does it, down to there; empty if there is none
 * @param waiting the call that does not return before it is done
 * @param waitPath the same for the wait
 * @param scopes the scopes that both calls are inside of, with the way there
 * @param own whether the function opened the scope itself
 * @param callback what the other task runs
 * @param registered where it is said that it does; null if the start says so
 * @param registeredIn the function that this lies in
 * @param path calls from the callback down to the request's function
 * @param request what it requests
 * @param certain whether it is known for sure that the wait is for this
 * @param fact why the other task is not inside the scope
 */
public record LostScope(
    int function,
    Expr start,
    List<Request.Hop> startPath,
    Expr waiting,
    List<Request.Hop> waitPath,
    List<Request.Cover> scopes,
    boolean own,
    int callback,
    Span registered,
    int registeredIn,
    List<Request.Hop> path,
    Request request,
    boolean certain,
    Fact fact) {}
