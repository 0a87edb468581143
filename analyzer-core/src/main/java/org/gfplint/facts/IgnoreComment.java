package org.gfplint.facts;

/**
 * A comment {@code gfplint: ignore[rule] reason}.
 *
 * @param rules what stands in the brackets; "" if there are none
 * @param reason the rest of the comment, on one line
 * @param place of the comment
 * @param firstLine first line that it is about
 * @param lastLine last line that it is about: the same, that of a statement's or of a function's
 *     end
 */
public record IgnoreComment(String rules, String reason, Span place, int firstLine, int lastLine) {
  /** Whether it is about some of the lines. */
  public boolean covers(int first, int last) {
    return first <= lastLine && firstLine <= last;
  }
}
