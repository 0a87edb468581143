package org.gfplint.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Which of several files that define a name a file means: itself; what it includes, from beside it
 * first; other headers beside it or above it; the tree's common headers; headers elsewhere. Files
 * that are no headers mean nothing to others.
 */
final class Nearness {
  private static final int BESIDE = 2000;
  private static final int INCLUDED = 1000;
  private static final int NEAR = 500;
  private static final int COMMON = 100;

  private final List<String> paths;
  private final IntFunction<List<String>> includes;

  /**
   * Nearness among some files.
   *
   * @param includes what a file includes
   */
  Nearness(List<String> paths, IntFunction<List<String>> includes) {
    this.paths = paths;
    this.includes = includes;
  }

  boolean isHeader(int unit) {
    return paths.get(unit).endsWith(".h");
  }

  /** The files that count, the nearest first, those that are equally near together. */
  List<List<Integer>> order(int unit, List<Integer> candidates) {
    if (candidates.contains(unit)) {
      List<Integer> headers = candidates.stream().filter(c -> c != unit && isHeader(c)).toList();
      return headers.isEmpty() ? List.of(List.of(unit)) : List.of(List.of(unit), headers);
    }
    List<Integer> headers = candidates.stream().filter(this::isHeader).distinct().toList();
    if (headers.size() <= 1) {
      return headers.isEmpty() ? List.of() : List.of(headers);
    }
    Set<String> included = new HashSet<>(includes.apply(unit));
    TreeMap<Integer, List<Integer>> byRank = new TreeMap<>();
    for (int header : headers) {
      byRank.computeIfAbsent(-rank(unit, header, included), r -> new ArrayList<>(1)).add(header);
    }
    return List.copyOf(byRank.values());
  }

  private int rank(int unit, int candidate, Set<String> included) {
    String from = paths.get(unit);
    String path = paths.get(candidate);
    String directory = from.substring(0, from.lastIndexOf('/') + 1);
    boolean common = path.startsWith("include/") || path.contains("/include/asm");
    if (path.startsWith(directory) && included.contains(path.substring(directory.length()))) {
      return BESIDE;
    }
    for (String written : included) {
      int up = written.lastIndexOf("../");
      String name = up < 0 ? written : written.substring(up + 3);
      if (path.endsWith(name)
          && (path.endsWith("include/" + name)
              || path.endsWith("include/uapi/" + name)
              || !common && path.endsWith("/" + name))) {
        return INCLUDED;
      }
    }
    String there = path.substring(0, path.lastIndexOf('/') + 1);
    boolean above = directory.startsWith(there) && there.indexOf('/') != there.lastIndexOf('/');
    boolean near = !common && (above || path.startsWith(directory));
    int shared = Program.commonPrefix(from, path);
    return near ? NEAR + shared : common ? COMMON : Math.min(shared, COMMON - 1);
  }
}
