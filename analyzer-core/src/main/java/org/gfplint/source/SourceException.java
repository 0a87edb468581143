package org.gfplint.source;

/** What the user named cannot be analysed; the message is one sentence for them. */
public final class SourceException extends RuntimeException {
  public SourceException(String message) {
    super(message);
  }
}
