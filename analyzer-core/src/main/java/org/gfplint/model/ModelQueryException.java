package org.gfplint.model;

import java.util.List;

/** A query that cannot be answered as it stands. The message is one line for the one who asked. */
public class ModelQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> nearest;

  public ModelQueryException(String message) {
    this(message, List.of());
  }

  /**
   * A query with a name that is not known.
   *
   * @param nearest known names that it may have been meant to be, best first
   */
  public ModelQueryException(String message, List<String> nearest) {
    super(message + NearestNames.suggestion(nearest));
    this.nearest = List.copyOf(nearest);
  }

  /**
   * Known names that an unknown one may have been meant to be, best first; the message has them.
   */
  public List<String> nearest() {
    return nearest;
  }
}
