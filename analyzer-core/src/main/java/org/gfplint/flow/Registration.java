package org.gfplint.flow;

import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.EntryContext;

/**
 * A function that is handed to the kernel to be called back.
 *
 * @param callback its name; of an object that has it as a member, the object in C
 * @param parameter which parameter it is, 0-based, or -1: then its callers register it
 * @param entry in which context it will be called
 * @param call that hands it over
 */
record Registration(String callback, int parameter, EntryContext entry, Expr call) {
  /** Where that is written. */
  Span place() {
    return call.span();
  }
}
