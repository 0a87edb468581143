package org.gfplint.rules;

import java.util.List;
import java.util.Map;
import org.gfplint.program.ChangedLines;
import org.gfplint.source.Overlay;

/**
 * A change of a tree that is to be judged by itself.
 *
 * @param after the tree with the change
 * @param before the tree without it; several if the change joins lines of development, and then
 *     what one of them has is not new
 * @param renamed path after by path before, of files that were moved
 */
public record ChangeSet(State after, List<State> before, Map<String, String> renamed) {
  /**
   * The tree on one side of a change.
   *
   * @param files what differs from the tree on disk
   * @param lines what differs from the other side; every changed file is there
   */
  public record State(Overlay files, Map<String, List<Lines>> lines) {
    public State {
      lines = Map.copyOf(lines);
    }

    ChangedLines changed() {
      Map<String, List<ChangedLines.Range>> ranges = new java.util.HashMap<>();
      lines.forEach(
          (path, all) ->
              ranges.put(
                  path,
                  all.stream().map(l -> new ChangedLines.Range(l.first(), l.last())).toList()));
      return new ChangedLines(ranges);
    }
  }

  /**
   * Lines that differ, or a place between two lines where some are gone.
   *
   * @param first 1-based
   * @param last {@code first - 1} if lines are gone that stood between the two
   */
  public record Lines(int first, int last) {}

  public ChangeSet {
    before = List.copyOf(before);
    renamed = Map.copyOf(renamed);
  }
}
