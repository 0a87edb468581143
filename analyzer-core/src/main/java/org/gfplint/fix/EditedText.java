package org.gfplint.fix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gfplint.finding.Edit;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Location;

/** A file's text and the fixes that are to change it. */
public final class EditedText {
  /** What became of a fix. */
  public enum Outcome {
    ADDED,
    /** The fixes before it do all of it. */
    THERE_ALREADY,
    /** It changes what another one changes too. */
    OVERLAPS
  }

  private final SourceText source;
  private final Set<Edit> edits = new LinkedHashSet<>();

  /**
   * A text that nothing changes yet.
   *
   * @param text the file's bytes
   */
  public EditedText(byte[] text) {
    source = new SourceText("", text);
  }

  /**
   * Adds all of a fix or nothing. An insertion that another fix makes too, as of a header or a
   * variable, is made once.
   */
  public Outcome add(Fix fix) {
    List<Edit> more = fix.edits().stream().filter(e -> !edits.contains(e)).toList();
    if (more.isEmpty()) {
      return Outcome.THERE_ALREADY;
    }
    boolean overlaps =
        more.stream()
            .anyMatch(e -> !lies(e.place()) || edits.stream().anyMatch(o -> overlaps(e, o)));
    if (overlaps) {
      return Outcome.OVERLAPS;
    }
    edits.addAll(more);
    return Outcome.ADDED;
  }

  /** The file's bytes with every change made. */
  public byte[] bytes() {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(
        Comparator.comparingInt((Edit e) -> start(e.place()))
            .thenComparingInt(e -> end(e.place())));
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Edit edit : sorted) {
      out.append(source.text(), done, start(edit.place()));
      out.append(
          new String(edit.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
      done = end(edit.place());
    }
    out.append(source.text(), done, source.text().length());
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean lies(Location place) {
    return start(place) >= 0 && end(place) >= start(place);
  }

  private boolean overlaps(Edit one, Edit other) {
    int start = Math.max(start(one.place()), start(other.place()));
    int end = Math.min(end(one.place()), end(other.place()));
    return start < end
        || isInside(one.place(), other.place())
        || isInside(other.place(), one.place());
  }

  /** Whether one inserts in the midst of what the other replaces. */
  private boolean isInside(Location point, Location range) {
    return start(point) == end(point) && start(range) < start(point) && end(point) < end(range);
  }

  private int start(Location place) {
    return source.offset(place.line(), place.column());
  }

  private int end(Location place) {
    return source.offset(place.endLine(), place.endColumn());
  }
}
