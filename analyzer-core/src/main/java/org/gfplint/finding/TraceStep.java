package org.gfplint.finding;

/**
 * One hop on the way to a finding: where a scope begins, a call, the allocation.
 *
 * @param location where it happens
 * @param function the function it happens in; "" for a table outside of functions
 * @param text what happens there, one clause without a final period
 */
public record TraceStep(Location location, String function, String text) {}
