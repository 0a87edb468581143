package org.gfplint.cli;

/** What the exit status of every command means. */
final class ExitCode {
  /** Nothing at or above the level of --fail-on. */
  static final int CLEAN = 0;

  /** Findings at or above that level. */
  static final int FINDINGS = 1;

  /** What was asked for cannot be done: bad option, no such path, no kernel version. */
  static final int USAGE = 2;

  /** The answer is incomplete: an internal error, or a report that could not be written. */
  static final int INCOMPLETE = 3;

  private ExitCode() {}
}
