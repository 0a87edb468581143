package org.gfplint.rules;

/** What was asked for cannot be done; the message is one sentence with cause and remedy. */
public final class InputException extends RuntimeException {
  public InputException(String message) {
    super(message);
  }
}
