package org.gfplint.report;

/**
 * Text from a tree, made safe to print. A file name or an identifier may hold terminal escapes,
 * line breaks or bidirectional overrides; printed as they are they could hide or forge findings.
 */
public final class TerminalText {
  private TerminalText() {}

  /**
   * The text with each control, format and line separating character, and each lone surrogate, in
   * the form {@code \x1b} or {@code \u202e}.
   */
  public static String escape(String text) {
    if (text.codePoints().noneMatch(TerminalText::isUnsafe)) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (!isUnsafe(c)) {
                safe.appendCodePoint(c);
              } else if (c <= 0xff) {
                safe.append(String.format("\\x%02x", c));
              } else if (c <= 0xffff) {
                safe.append(String.format("\\u%04x", c));
              } else {
                safe.append(String.format("\\U%08x", c));
              }
            });
    return safe.toString();
  }

  private static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
