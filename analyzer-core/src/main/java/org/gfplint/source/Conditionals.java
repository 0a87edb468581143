package org.gfplint.source;

import java.util.Arrays;

/**
 * The {@code #if} groups around a position. A group whose branches are whole statements (or whole
 * declarations) is left as it is. One that cuts through a statement cannot be parsed: its lines are
 * blanked, and of its branches only the first that holds anything is kept. In a list of items all
 * branches are kept, since each is an item or several.
 */
final class Conditionals {
  /** One group: what is known of its branches so far. */
  private static final class Group {
    final Nesting before = new Nesting();
    final Nesting kept = new Nesting();

    /** Start and end of each preprocessor line of the group. */
    int[] lines = new int[8];

    int lineCount;
    boolean clean;
    boolean list;
    boolean broken;
    boolean functionAfterFirst;
    boolean function;
    int keptBranch;
    int minDepth;
    boolean tokens;
  }

  /** Compilers promise 63. */
  private static final int DEEPEST = 500;

  private Group[] groups = {new Group()};
  private int depth = -1;

  void reset() {
    depth = -1;
  }

  boolean isInside() {
    return depth >= 0;
  }

  /** A token was read; whether it may begin a branch of whole statements. */
  void token(boolean continuesStatement) {
    Group g = groups[depth];
    if (!g.tokens) {
      g.tokens = true;
      g.broken |= continuesStatement;
    }
  }

  /** A bracket was closed, which leaves so many. */
  void closed(int nesting) {
    Group g = groups[depth];
    if (nesting < g.minDepth) {
      g.minDepth = nesting;
    }
  }

  void functionEnded() {
    groups[depth].function = true;
  }

  void begin(int from, int to, Nesting nesting) {
    if (++depth == groups.length) {
      if (depth >= DEEPEST) {
        depth = -1;
        throw new BeyondLimitException("#if in #if, " + DEEPEST + " deep");
      }
      groups = Arrays.copyOf(groups, depth * 2);
      for (int i = depth; i < groups.length; i++) {
        groups[i] = new Group();
      }
    }
    Group g = groups[depth];
    g.before.copyFrom(nesting);
    g.lineCount = 0;
    g.clean = nesting.isBetweenStatements();
    g.list = nesting.isInList();
    g.broken = false;
    g.functionAfterFirst = false;
    g.function = false;
    g.keptBranch = -1;
    g.minDepth = nesting.depth;
    g.tokens = false;
    line(g, from, to);
  }

  /** {@code #else} and its kin: what follows begins where the group began. */
  void next(int from, int to, Nesting nesting) {
    Group g = groups[depth];
    endBranch(g, nesting);
    line(g, from, to);
    nesting.copyFrom(g.before);
    g.minDepth = nesting.depth;
    g.tokens = false;
    g.function = false;
  }

  /** {@code #endif}; rewrites the group if it has to. */
  void end(int from, int to, Nesting nesting, byte[] t, boolean continuesAfter) {
    Group g = groups[depth];
    boolean tokens = g.tokens;
    endBranch(g, nesting);
    line(g, from, to);
    depth--;
    if (depth >= 0) {
      Group outer = groups[depth];
      outer.minDepth = Math.min(outer.minDepth, g.minDepth);
      outer.function |= g.function || g.functionAfterFirst;
      outer.tokens |= tokens || g.keptBranch >= 0;
    }
    if (g.keptBranch >= 0) {
      nesting.copyFrom(g.kept);
    }
    boolean cut = !g.clean || g.broken || continuesAfter;
    if (!cut || g.functionAfterFirst && g.clean) {
      return;
    }
    // Branches of nothing but comments and annotations do no harm.
    boolean keepAll = g.list && !g.broken || g.keptBranch < 0;
    for (int i = 0; i + 3 < 2 * g.lineCount; i += 2) {
      if (!keepAll && i / 2 != g.keptBranch) {
        Bytes.blank(t, g.lines[i + 1], g.lines[i + 2]);
      }
    }
    for (int i = 0; i < g.lineCount; i++) {
      Bytes.blank(t, g.lines[2 * i], g.lines[2 * i + 1]);
    }
  }

  private static void endBranch(Group g, Nesting nesting) {
    int branch = g.lineCount - 1;
    boolean whole = nesting.depth == g.before.depth && g.minDepth >= g.before.depth;
    if (g.clean) {
      whole &= nesting.isBetweenStatements();
    } else if (g.list) {
      whole &=
          !g.tokens
              || nesting.last == ',' && (g.before.last == ',' || g.before.last == '{')
              || nesting.last != ',' && g.before.last != ',' && g.before.last != '{';
    } else {
      whole = true;
    }
    g.broken |= !whole;
    if (g.function && branch > 0) {
      g.functionAfterFirst = true;
    }
    if (g.tokens && g.keptBranch < 0) {
      g.keptBranch = branch;
      g.kept.copyFrom(nesting);
    }
  }

  private static void line(Group g, int from, int to) {
    if (2 * g.lineCount + 2 > g.lines.length) {
      g.lines = Arrays.copyOf(g.lines, g.lines.length * 2);
    }
    g.lines[2 * g.lineCount] = from;
    g.lines[2 * g.lineCount + 1] = to;
    g.lineCount++;
  }
}
