package org.gfplint.flow;

import org.gfplint.facts.Expr;
import org.gfplint.model.GfpMask;

/**
 * An unrestricted request among others that restrict themselves.
 *
 * @param function where it is made
 * @param request its call
 * @param mask its mask
 * @param neighbour a call in the same function that leads to a restricted one
 * @param restrictedIn where that is made
 * @param restricted its call
 * @param restrictedMask its mask
 * @param others how many restricted requests there are, that one included, on the ways to the
 *     function and below it
 */
public record BrokenConvention(
    int function,
    Expr request,
    GfpMask mask,
    Request.Hop neighbour,
    int restrictedIn,
    Expr restricted,
    GfpMask restrictedMask,
    int others) {}
