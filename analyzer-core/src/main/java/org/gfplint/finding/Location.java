package org.gfplint.finding;

import java.util.Comparator;

/**
 * A place in a source file.
 *
 * @param path relative to the tree, separated by '/', as it stands on disk (may hold any character)
 * @param line 1-based
 * @param column 1-based, in Unicode code points
 * @param endLine 1-based, at or after {@code line}
 * @param endColumn 1-based, one past the last code point
 */
public record Location(String path, int line, int column, int endLine, int endColumn)
    implements Comparable<Location> {
  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::path)
          .thenComparingInt(Location::line)
          .thenComparingInt(Location::column)
          .thenComparingInt(Location::endLine)
          .thenComparingInt(Location::endColumn);

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }
}
