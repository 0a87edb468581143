package org.gfplint.flow;

import org.gfplint.facts.Span;
import org.gfplint.model.EntryContext;

/**
 * A function that is handed to the kernel to be called back.
 *
 * @param callback its name
 * @param entry in which context it will be called
 * @param place where that is written
 */
record Registration(String callback, EntryContext entry, Span place) {}
