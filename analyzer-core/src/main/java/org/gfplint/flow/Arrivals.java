package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * The paths that come to one block, as far as what is known on them differs. Two that only differ
 * in how one question was answered are one on which it was not asked: every way on from either is a
 * way on from that one, and the other way round.
 */
final class Arrivals {
  private final List<PathState> paths = new ArrayList<>(2);

  /** Those that were not followed yet, in order. */
  private final List<PathState> waiting = new ArrayList<>(2);

  /** The next path to follow; null if there is none. */
  PathState poll() {
    return waiting.isEmpty() ? null : waiting.remove(0);
  }

  /** Takes in one more path, unless there would be more than {@code most}. */
  boolean add(PathState path, int most) {
    PathState more = path;
    int i = 0;
    while (i < paths.size()) {
      PathState known = paths.get(i);
      PathState both = known.isAlike(more) ? known.joined(more) : null;
      if (both == known) {
        return true;
      }
      if (both == null) {
        i++;
      } else {
        paths.remove(i);
        waiting.remove(known);
        more = both;
        i = 0;
      }
    }
    if (paths.size() >= most) {
      return false;
    }
    paths.add(more);
    waiting.add(more);
    return true;
  }

  /** Whether some path knows the same of task scopes. */
  boolean haveScopesOf(PathState path) {
    for (PathState known : paths) {
      if (known.hasSameScopes(path)) {
        return true;
      }
    }
    return false;
  }
}
