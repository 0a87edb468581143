package org.gfplint.source;

/**
 * A file is made so that reading it would take time or memory out of all proportion. Nobody writes
 * such code; the file is skipped. The message is one short phrase, the same on every machine.
 */
public final class BeyondLimitException extends RuntimeException {
  public BeyondLimitException(String reason) {
    super(reason);
  }
}
