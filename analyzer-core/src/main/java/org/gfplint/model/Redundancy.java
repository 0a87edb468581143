package org.gfplint.model;

/**
 * A mask that forbids just what the task scope forbids already.
 *
 * @param scope the one that does
 * @param why one sentence for a kernel maintainer
 * @param fact what it rests on
 */
public record Redundancy(ScopeKind scope, String why, Fact fact) {}
