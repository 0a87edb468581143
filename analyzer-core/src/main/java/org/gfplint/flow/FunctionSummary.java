package org.gfplint.flow;

import java.util.List;
import java.util.Set;

/**
 * What one function does by itself.
 *
 * @param function its number in the program
 * @param calls calls that hand on a mask or a parameter, or that stand inside a scope; all of them
 *     if that was asked for
 * @param plainCallees names of what else it calls directly, each once
 * @param maskConstants names of the tree's own masks that it uses
 * @param returned the mask it returns, if it returns one
 * @param threads names of functions it starts threads with
 * @param bounded whether some paths were left out, since there were too many
 */
record FunctionSummary(
    int function,
    List<RequestSite> requests,
    List<CallSite> calls,
    List<String> plainCallees,
    List<ScopeAnomaly> anomalies,
    List<MaskUse> maskUses,
    Set<String> maskConstants,
    Value returned,
    List<String> threads,
    int callCount,
    boolean bounded) {}
