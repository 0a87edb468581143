package org.gfplint.model;

import java.util.OptionalInt;

/**
 * A function by which one task has another do something, or waits for it. Arguments are 0-based;
 * those that the function does not have are empty.
 *
 * @param work what is to be done: a work item
 * @param queue where it is put
 * @param thread the function that a new thread runs; of a wait, the thread
 * @param completion what is waited for, or signalled
 * @param fact why the other task does not have this one's scopes
 */
public record Handover(
    Step step,
    OptionalInt work,
    OptionalInt queue,
    OptionalInt thread,
    OptionalInt completion,
    Fact fact) {
  /** What it is in the course of things. */
  public enum Step {
    /** The other task has it to do from here on. */
    START,
    /** Does not return before the other task is done. */
    WAIT,
    /** The other task says that it is. */
    SIGNAL
  }
}
