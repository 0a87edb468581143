package org.gfplint.model;

/** A query that cannot be answered as it stands. The message is one line for the one who asked. */
public class ModelQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelQueryException(String message) {
    super(message);
  }
}
