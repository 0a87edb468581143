package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds {@link IgnoreComment}s. Hardly any file has one, so the text is first searched for the
 * marker, which looks at one byte in eight.
 */
final class IgnoreComments {
  private static final byte[] MARKER = "gfplint:".getBytes(StandardCharsets.US_ASCII);
  private static final int[] SKIP = skips();

  private static final Pattern FORM =
      Pattern.compile("gfplint:\\s*ignore\\b\\s*(?:\\[([^\\]]*)\\])?(.*)", Pattern.DOTALL);

  /** Where the next line of a comment begins, with the star that many have there. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/))?\\s*");

  /** How far below its comment a function's own line may be: its type may stand on lines before. */
  private static final int LINES_OF_TYPE = 2;

  private static final int MOST_LINES_OF_STATEMENT = 12;

  /** Where a function's definition begins and ends; lines. */
  record Extent(int first, int last) {}

  private final byte[] bytes;
  private final int length;
  private final List<Extent> functions;
  private final List<IgnoreComment> found = new ArrayList<>();

  private IgnoreComments(byte[] bytes, int length, List<Extent> functions) {
    this.bytes = bytes;
    this.length = length;
    this.functions = functions;
  }

  /**
   * Those of a file.
   *
   * @param bytes its text as it was written
   * @param functions in order of place
   */
  static List<IgnoreComment> of(byte[] bytes, int length, List<Extent> functions) {
    if (!hasMarker(bytes, length)) {
      return List.of();
    }
    IgnoreComments comments = new IgnoreComments(bytes, length, functions);
    comments.search();
    return List.copyOf(comments.found);
  }

  private static int[] skips() {
    int[] skips = new int[256];
    java.util.Arrays.fill(skips, MARKER.length);
    for (int i = 0; i < MARKER.length - 1; i++) {
      skips[MARKER[i]] = MARKER.length - 1 - i;
    }
    return skips;
  }

  /** Horspool's search. */
  private static boolean hasMarker(byte[] bytes, int length) {
    int last = MARKER.length - 1;
    int end = last;
    while (end < length) {
      int i = 0;
      while (i <= last && bytes[end - i] == MARKER[last - i]) {
        i++;
      }
      if (i > last) {
        return true;
      }
      end += SKIP[bytes[end] & 0xff];
    }
    return false;
  }

  private void search() {
    int line = 1;
    int lineStart = 0;
    boolean code = false;
    int at = 0;
    while (at < length) {
      byte c = bytes[at];
      int end = at + 1;
      if (isCommentStart(at)) {
        end = afterComment(at);
        comment(at, end, line, lineStart, code);
      } else if (c == '"' || c == '\'') {
        end = afterLiteral(at);
        code = true;
      } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        code = true;
      }
      for (; at < end; at++) {
        if (bytes[at] == '\n') {
          line++;
          lineStart = at + 1;
          code = false;
        }
      }
    }
  }

  private boolean isCommentStart(int at) {
    return bytes[at] == '/' && at + 1 < length && (bytes[at + 1] == '*' || bytes[at + 1] == '/');
  }

  private int afterComment(int start) {
    boolean toLineEnd = bytes[start + 1] == '/';
    for (int at = start + 2; at < length; at++) {
      if (toLineEnd && bytes[at] == '\n') {
        return at;
      }
      if (!toLineEnd && bytes[at] == '/' && bytes[at - 1] == '*' && at > start + 2) {
        return at + 1;
      }
    }
    return length;
  }

  private int afterLiteral(int start) {
    int at = start + 1;
    while (at < length && bytes[at] != bytes[start] && bytes[at] != '\n') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, length);
  }

  private void comment(int start, int end, int line, int lineStart, boolean afterCode) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    Matcher m = FORM.matcher(text);
    if (!m.find()) {
      return;
    }
    String rest = m.group(2);
    if (rest.endsWith("*/")) {
      rest = rest.substring(0, rest.length() - 2);
    }
    String rules = m.group(1) == null ? "" : m.group(1).strip();
    String reason = LINE_BREAK.matcher(rest).replaceAll(" ").strip();
    int endLine = line + (int) text.chars().filter(c -> c == '\n').count();
    int endLineStart = end;
    while (endLineStart > 0 && bytes[endLineStart - 1] != '\n') {
      endLineStart--;
    }
    Span place = new Span(line, columns(lineStart, start), endLine, columns(endLineStart, end));
    int first = line;
    int last = line;
    if (!afterCode) {
      int next = nextCode(end, endLine);
      if (next > 0) {
        first = next;
        last = lastLineOf(next);
      }
    }
    found.add(new IgnoreComment(rules, reason, place, first, last));
  }

  /** 1-based, in code points. */
  private int columns(int lineStart, int at) {
    int column = 1;
    for (int i = lineStart; i < at; i++) {
      column += (bytes[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return column;
  }

  /** The line of the first code behind a comment; 0 if nothing follows. */
  private int nextCode(int from, int fromLine) {
    int line = fromLine;
    int at = from;
    while (at < length) {
      if (isCommentStart(at)) {
        int end = afterComment(at);
        for (; at < end; at++) {
          line += bytes[at] == '\n' ? 1 : 0;
        }
      } else if (bytes[at] > ' ' || bytes[at] < 0) {
        return line;
      } else {
        line += bytes[at] == '\n' ? 1 : 0;
        at++;
      }
    }
    return 0;
  }

  /** The end of the function that begins in the line, or else of the statement. */
  private int lastLineOf(int first) {
    for (Extent f : functions) {
      if (f.last >= first) {
        if (f.first >= first && f.first - first <= LINES_OF_TYPE) {
          return f.last;
        }
        break;
      }
    }
    int line = 1;
    for (int at = 0; at < length && line < first + MOST_LINES_OF_STATEMENT; at++) {
      if (bytes[at] == '\n') {
        line++;
      } else if (line >= first && (bytes[at] == ';' || bytes[at] == '{' || bytes[at] == '}')) {
        return line;
      }
    }
    return first;
  }
}
