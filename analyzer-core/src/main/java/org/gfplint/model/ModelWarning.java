package org.gfplint.model;

/**
 * A warning that a request can provoke in the kernel log.
 *
 * @param function kernel function the warning stands in
 * @param condition when it appears, as a clause: "the free lists are empty"; empty if always
 * @param certain true if the call alone provokes it, whatever the state of memory
 * @param fact what it rests on
 */
public record ModelWarning(String function, String condition, boolean certain, Fact fact) {}
