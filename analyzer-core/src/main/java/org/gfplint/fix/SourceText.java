package org.gfplint.fix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gfplint.finding.Location;

/**
 * The text of a file, one char for each byte: whatever its encoding, nothing is lost or changed.
 * Offsets count bytes.
 */
final class SourceText {
  private final String path;
  private final String text;
  private final int[] lineStarts;

  SourceText(String path, byte[] bytes) {
    this.path = path;
    this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    int[] starts = new int[16];
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, lines * 2);
      }
      starts[lines++] = i + 1;
    }
    lineStarts = Arrays.copyOf(starts, lines);
  }

  String text() {
    return text;
  }

  String text(int start, int end) {
    return text.substring(start, end);
  }

  /** Where a line and column lie, both 1-based; -1 if the file has no such place. */
  int offset(int line, int column) {
    if (line < 1 || line > lineStarts.length || column < 1) {
      return -1;
    }
    int limit = line < lineStarts.length ? lineStarts[line] : text.length() + 1;
    int left = column - 1;
    int offset = lineStarts[line - 1];
    while (left > 0 && offset < limit) {
      offset++;
      while (offset < text.length() && isContinuation(offset)) {
        offset++;
      }
      left--;
    }
    return offset < limit ? offset : -1;
  }

  Location location(int start, int end) {
    return new Location(path, line(start), column(start), line(end), column(end));
  }

  private int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private int column(int offset) {
    int column = 1;
    for (int i = lineStart(offset); i < offset; i++) {
      if (!isContinuation(i)) {
        column++;
      }
    }
    return column;
  }

  /** Whether a byte is not the first of its character in UTF-8. */
  private boolean isContinuation(int offset) {
    return (text.charAt(offset) & 0xc0) == 0x80;
  }

  int lineStart(int offset) {
    return lineStarts[line(offset) - 1];
  }

  /** Where the next line begins; -1 if this is the last one, or not ended. */
  int nextLine(int offset) {
    int line = line(offset);
    return line < lineStarts.length ? lineStarts[line] : -1;
  }

  /** The blanks that the line begins with. */
  String indent(int offset) {
    int start = lineStart(offset);
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }

  /** What ends the line. */
  String lineEnd(int offset) {
    int next = nextLine(offset);
    return next >= 2 && text.charAt(next - 2) == '\r' ? "\r\n" : "\n";
  }
}
