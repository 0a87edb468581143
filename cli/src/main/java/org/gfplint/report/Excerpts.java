package org.gfplint.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Location;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceFile;

/** The lines of source around findings, safe to print. */
public final class Excerpts {
  /** Of a report that shows none. */
  public static final Excerpts NONE = new Excerpts(Map.of());

  /** Lines before and behind the one of a finding. */
  private static final int AROUND = 3;

  /** Characters; what is longer was not written by a person. */
  private static final int LONGEST_LINE = 240;

  private static final int TAB = 8;

  private final Map<Location, List<Line>> byPlace;

  private Excerpts(Map<Location, List<Line>> byPlace) {
    this.byPlace = byPlace;
  }

  /**
   * A line of source.
   *
   * @param number 1-based
   * @param text with blanks in place of tabs
   * @param found whether the finding lies in it
   */
  public record Line(int number, String text, boolean found) {}

  /** Reads the files that the findings lie in, as they are now. */
  public static Excerpts of(KernelTree tree, List<Finding> findings) {
    Map<Location, List<Line>> byPlace = new HashMap<>();
    String path = null;
    List<String> lines = List.of();
    for (Finding finding : findings.stream().sorted().toList()) {
      Location at = finding.location();
      if (!at.path().equals(path)) {
        path = at.path();
        lines = lines(tree, path);
      }
      byPlace.put(at, around(lines, at));
    }
    return new Excerpts(byPlace);
  }

  /** Empty if the file could not be read. */
  List<Line> at(Location place) {
    return byPlace.getOrDefault(place, List.of());
  }

  private static List<String> lines(KernelTree tree, String path) {
    Optional<SourceFile> file = tree.file(path);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return new String(file.get().read(), StandardCharsets.UTF_8).lines().toList();
    } catch (SkippedFileException e) {
      // It went away since it was analysed.
      return List.of();
    }
  }

  private static List<Line> around(List<String> lines, Location at) {
    List<Line> excerpt = new ArrayList<>();
    int last = Math.min(lines.size(), Math.min(at.endLine(), at.line() + AROUND) + AROUND);
    for (int n = Math.max(1, at.line() - AROUND); n <= last; n++) {
      excerpt.add(new Line(n, printed(lines.get(n - 1)), n >= at.line() && n <= at.endLine()));
    }
    return excerpt;
  }

  private static String printed(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length() && text.length() < LONGEST_LINE; i++) {
      if (line.charAt(i) == '\t') {
        text.append(" ".repeat(TAB - text.length() % TAB));
      } else {
        text.append(line.charAt(i));
      }
    }
    return TerminalText.escape(text.toString());
  }
}
