package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gfplint.facts.Expr;

/**
 * What one function does by itself.
 *
 * @param function its number in the program
 * @param calls calls that hand on a mask or a parameter, or that stand inside a scope; all of them
 *     if that was asked for
 * @param plainCallees names of what else it calls directly, each once; of calls through a field,
 *     the field with a dot before it
 * @param maskConstants names of the tree's own masks that it uses
 * @param returned the mask it returns, if it returns one
 * @param locks what it does to the contexts of its caller
 * @param scopes what it does to the task scopes of its caller
 * @param threads names of functions it starts threads with
 * @param registrations functions it hands to the kernel to be called back
 * @param stored functions it stores in fields
 * @param sleepingLocks last words of what names the locks it takes or drops whose holder may sleep
 * @param hasScopes whether it may open or close task scopes, itself or by what it calls
 * @param bounded whether some paths were left out, since there were too many
 * @param scopesBounded whether those may have differed in task scopes
 * @param ofScopes the same from a walk that looked at nothing but task scopes, where the other one
 *     had to leave out paths that may have differed in them; null where it had not
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
    LockEffect locks,
    ScopeEffect scopes,
    List<String> threads,
    List<Registration> registrations,
    List<StoredFunctions.Assignment> stored,
    List<String> sleepingLocks,
    boolean hasScopes,
    int callCount,
    boolean bounded,
    boolean scopesBounded,
    FunctionSummary ofScopes) {
  /** The same with what a walk found that looked at nothing but task scopes. */
  FunctionSummary with(FunctionSummary walkOfScopes) {
    return new FunctionSummary(
        function,
        requests,
        calls,
        plainCallees,
        anomalies,
        maskUses,
        maskConstants,
        returned,
        locks,
        walkOfScopes.scopes,
        threads,
        registrations,
        stored,
        sleepingLocks,
        hasScopes,
        callCount,
        bounded,
        walkOfScopes.scopesBounded,
        walkOfScopes);
  }

  /** The one that knows most of task scopes. */
  FunctionSummary forScopes() {
    return ofScopes == null ? this : ofScopes;
  }

  /** What a call that allocates or hands something on stands in, on each way there. */
  List<Surroundings> around(Expr call) {
    List<Surroundings> around = new ArrayList<>();
    for (RequestSite site : requests) {
      if (site.call().equals(call)) {
        site.visits().forEach(v -> around.add(v.surroundings()));
      }
    }
    for (CallSite site : calls) {
      if (site.call().equals(call)) {
        site.visits().forEach(v -> around.add(v.surroundings()));
      }
    }
    return around;
  }
}
