package org.gfplint.source;

/** A file that discovery listed turns out not to be readable C source; the run goes on without. */
public final class SkippedFileException extends Exception {
  private final transient SkippedFile skipped;

  SkippedFileException(SkippedFile skipped) {
    super(skipped.toString());
    this.skipped = skipped;
  }

  public SkippedFile skipped() {
    return skipped;
  }
}
