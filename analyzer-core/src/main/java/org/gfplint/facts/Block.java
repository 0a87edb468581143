package org.gfplint.facts;

import java.util.List;

/**
 * Straight-line code and where it goes next.
 *
 * @param events calls and assignments, in order
 * @param exit how control leaves
 */
public record Block(List<Expr> events, Exit exit) {

  /** Ways to leave a block. */
  public enum ExitKind {
    /** To target 0. */
    JUMP,
    /** To target 0 if the condition holds, else to target 1. */
    BRANCH,
    /** To any of the targets; {@code #if} alternatives too. */
    CHOICE,
    /** Out of the function. */
    RETURN,
    /** Nowhere: the end of a path that cannot go on. */
    STOP
  }

  /**
   * How control leaves a block.
   *
   * @param condition of a branch, the value of a return (null if none), else null
   * @param targets numbers of the blocks that may follow
   * @param span of a return: the statement, or the closing brace when control falls off the end; of
   *     a branch that the source has: its condition; else null
   */
  public record Exit(ExitKind kind, Expr condition, List<Integer> targets, Span span) {}
}
