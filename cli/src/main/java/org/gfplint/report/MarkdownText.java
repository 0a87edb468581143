package org.gfplint.report;

/** Text from a tree as Markdown shows it unchanged. */
final class MarkdownText {
  private MarkdownText() {}

  /** A code span, whatever is in it. */
  static String code(String text) {
    String safe = TerminalText.escape(text);
    int longest = 0;
    int run = 0;
    for (char c : safe.toCharArray()) {
      run = c == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return longest == 0 ? fence + safe + fence : fence + " " + safe + " " + fence;
  }

  /** A code span in a table's cell. */
  static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /** Words: names in them keep their underscores. */
  static String plain(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (char c : TerminalText.escape(text).toCharArray()) {
      if ("\\`*_{}[]<>#|&".indexOf(c) >= 0) {
        safe.append('\\');
      }
      safe.append(c);
    }
    return safe.toString();
  }
}
