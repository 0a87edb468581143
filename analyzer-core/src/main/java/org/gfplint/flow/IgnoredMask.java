package org.gfplint.flow;

import org.gfplint.facts.Expr;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.GfpMask;

/**
 * A request whose mask is fixed where the function was given one.
 *
 * @param call the allocator's, or that of a function that hands the mask on to it
 * @param parameter the name of what was given
 * @param mask what the request uses
 * @param implicit whether the allocator brings that mask along and takes no other
 * @param used whether the function does anything with the parameter
 */
public record IgnoredMask(
    int function,
    Expr call,
    AllocatorApi api,
    String parameter,
    GfpMask mask,
    boolean implicit,
    boolean used) {}
