package org.gfplint.model;

import java.util.OptionalInt;

/**
 * A function or macro that sets flags of the running task, or puts them back.
 *
 * @param flags the argument that says which, 0-based
 * @param place the argument that keeps, or gives back, the old value, 0-based; empty if the caller
 *     sees to that
 */
public record TaskFlagOperation(boolean opens, int flags, OptionalInt place) {}
