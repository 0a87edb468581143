package org.gfplint.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Location;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceFile;

/**
 * The hashes of lines that hosts of code reviews compare alerts by, {@code primaryLocationLineHash}
 * in SARIF. They would compute it themselves from a checkout; a log that has it needs none.
 */
public final class LineHashes {
  /** Of a report without source. */
  public static final LineHashes NONE = new LineHashes(Map.of());

  /** Characters that a hash covers, blanks and tabs not counted. */
  private static final int WINDOW = 100;

  private static final long BASE = 37;

  /** What follows the last character of a file. */
  private static final char END = 0xffff;

  private final Map<String, Map<Integer, String>> byPathAndLine;

  private LineHashes(Map<String, Map<Integer, String>> byPathAndLine) {
    this.byPathAndLine = byPathAndLine;
  }

  /** Reads the files that the findings lie in, as they are now. */
  public static LineHashes of(KernelTree tree, List<Finding> findings) {
    Map<String, List<Location>> places =
        findings.stream()
            .map(Finding::location)
            .collect(Collectors.groupingBy(Location::path, HashMap::new, Collectors.toList()));
    Map<String, Map<Integer, String>> hashes = new HashMap<>();
    places.forEach(
        (path, locations) -> {
          List<String> ofFile = text(tree, path).map(LineHashes::ofLines).orElse(List.of());
          Map<Integer, String> ofLines = new HashMap<>();
          for (Location at : locations) {
            if (at.line() <= ofFile.size()) {
              ofLines.put(at.line(), ofFile.get(at.line() - 1));
            }
          }
          hashes.put(path, ofLines);
        });
    return new LineHashes(hashes);
  }

  /** Empty if the file could not be read. */
  Optional<String> at(Location place) {
    return Optional.ofNullable(
        byPathAndLine.getOrDefault(place.path(), Map.of()).get(place.line()));
  }

  private static Optional<String> text(KernelTree tree, String path) {
    Optional<SourceFile> file = tree.file(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(file.get().read(), StandardCharsets.UTF_8));
    } catch (SkippedFileException e) {
      // It went away since it was analysed.
      return Optional.empty();
    }
  }

  /**
   * The hash of each line: a polynomial over the {@value #WINDOW} characters from its start on,
   * modulo 2^64, in hexadecimal, then a colon and how many equal ones there are down to it. Blanks
   * and tabs do not count, each kind of line end counts as a line feed, and beyond the end of the
   * file are zeros.
   */
  static List<String> ofLines(String text) {
    StringBuilder counted = new StringBuilder(text.length() + 1);
    List<Integer> starts = new ArrayList<>();
    boolean atStart = true;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : END;
      if (c == ' ' || c == '\t' || c == '\n' && i > 0 && text.charAt(i - 1) == '\r') {
        continue;
      }
      if (atStart) {
        starts.add(counted.length());
      }
      counted.append(c == '\r' ? '\n' : c);
      atStart = c == '\r' || c == '\n';
    }

    List<String> hashes = new ArrayList<>();
    Map<Long, Integer> seen = new HashMap<>();
    for (int start : starts) {
      long hash = 0;
      for (int i = start; i < start + WINDOW; i++) {
        hash = hash * BASE + (i < counted.length() ? counted.charAt(i) : 0);
      }
      hashes.add(Long.toHexString(hash) + ":" + seen.merge(hash, 1, Integer::sum));
    }
    return hashes;
  }
}
