package org.gfplint.flow;

import java.util.List;
import org.gfplint.facts.Expr;
import org.gfplint.model.GfpMask;

/**
 * A request that is restricted less than one that its caller makes on the same path.
 *
 * @param function the caller
 * @param restricted the caller's own request
 * @param restrictedMask its mask
 * @param path calls from the caller to the function that makes the other request
 * @param target where the other request is made
 * @param request the other request
 * @param targetMask its mask
 * @param adjacent whether nothing lies between call and request that may change what is allowed: a
 *     lock, a transaction
 * @param others how many other functions reach the same request in the same way
 */
public record Inconsistency(
    int function,
    Expr restricted,
    GfpMask restrictedMask,
    List<Request.Hop> path,
    int target,
    Expr request,
    GfpMask targetMask,
    boolean adjacent,
    int others) {}
