package org.gfplint.program;

import java.util.List;
import java.util.Map;
import org.gfplint.facts.Span;

/**
 * Which lines of which files one state of a tree has and another has not.
 *
 * @param byPath ranges of lines by path, in order; every file that differs is there
 */
public record ChangedLines(Map<String, List<Range>> byPath) {
  /**
   * Lines that differ, or a place between two lines where some are gone.
   *
   * @param first 1-based
   * @param last before {@code first} if lines are gone: they stood between the two
   */
  public record Range(int first, int last) {
    boolean touches(int from, int to) {
      // Where lines are gone, those on both sides must be part of it.
      return last >= first ? first <= to && from <= last : from <= last && first <= to;
    }
  }

  public ChangedLines {
    byPath = Map.copyOf(byPath);
  }

  /** Whether some of the file's lines differ. */
  public boolean touches(String path, int from, int to) {
    for (Range range : byPath.getOrDefault(path, List.of())) {
      if (range.touches(from, to)) {
        return true;
      }
    }
    return false;
  }

  public boolean touches(String path, Span span) {
    return touches(path, span.line(), span.endLine());
  }
}
