package org.gfplint.change;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gfplint.rules.ChangeSet;
import org.gfplint.source.Overlay;

/** Collects the files of a change and finds the lines that differ. */
final class Sides {
  private final Map<String, Optional<Overlay.Content>> before = new HashMap<>();
  private final Map<String, Optional<Overlay.Content>> after = new HashMap<>();
  private final Map<String, List<ChangeSet.Lines>> linesBefore = new HashMap<>();
  private final Map<String, List<ChangeSet.Lines>> linesAfter = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();

  void add(ChangedFile file) {
    boolean moved = !file.pathBefore().equals(file.pathAfter());
    if (!moved && same(file.before(), file.after())) {
      return;
    }
    if (moved) {
      renamed.put(file.pathBefore(), file.pathAfter());
      before.put(file.pathAfter(), Optional.empty());
      after.put(file.pathBefore(), Optional.empty());
    }
    before.put(file.pathBefore(), file.before().map(bytes -> () -> bytes));
    after.put(file.pathAfter(), file.after().map(bytes -> () -> bytes));
    List<ChangeSet.Lines> old = new ArrayList<>();
    List<ChangeSet.Lines> now = new ArrayList<>();
    for (AbstractDelta<String> delta :
        DiffUtils.diff(lines(file.before()), lines(file.after())).getDeltas()) {
      old.add(lines(delta.getSource()));
      now.add(lines(delta.getTarget()));
    }
    if (file.before().isPresent()) {
      linesBefore.put(file.pathBefore(), List.copyOf(old));
    }
    if (file.after().isPresent()) {
      linesAfter.put(file.pathAfter(), List.copyOf(now));
    }
  }

  private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
    return one.isPresent() == other.isPresent()
        && (one.isEmpty() || Arrays.equals(one.get(), other.get()));
  }

  private static ChangeSet.Lines lines(Chunk<String> chunk) {
    int first = chunk.getPosition() + 1;
    return new ChangeSet.Lines(first, first + chunk.size() - 1);
  }

  private static List<String> lines(Optional<byte[]> content) {
    return content
        .map(bytes -> List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n")))
        .orElse(List.of());
  }

  /**
   * One side.
   *
   * @param around what differs from the tree on disk on both sides
   */
  ChangeSet.State before(Overlay around) {
    return new ChangeSet.State(around.under(Overlay.of(before)), linesBefore);
  }

  /** The other side. */
  ChangeSet.State after(Overlay around) {
    return new ChangeSet.State(around.under(Overlay.of(after)), linesAfter);
  }

  Map<String, String> renamed() {
    return renamed;
  }
}
