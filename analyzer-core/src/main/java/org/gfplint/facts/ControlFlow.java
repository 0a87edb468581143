package org.gfplint.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfplint.facts.Block.Exit;
import org.gfplint.facts.Block.ExitKind;

/** Cleans up control flow as it was written down: no empty blocks, nothing that cannot run. */
final class ControlFlow {
  private static final Exit NOWHERE = new Exit(ExitKind.STOP, null, List.of(), null);
  private static final int[] NONE = {};

  private final List<List<Expr>> events;

  /** As they were written; where they lead is in {@link #ways}. */
  private final Exit[] exits;

  private final int[][] ways;

  private ControlFlow(List<List<Expr>> events, List<Exit> exits) {
    this.events = events;
    this.exits = exits.toArray(Exit[]::new);
    this.ways = new int[this.exits.length][];
  }

  static List<Block> simplify(List<List<Expr>> events, List<Exit> exits) {
    return new ControlFlow(events, exits).simplify();
  }

  private List<Block> simplify() {
    int[] jumps = new int[exits.length];
    for (int b = 0; b < exits.length; b++) {
      if (exits[b] == null) {
        exits[b] = NOWHERE;
      }
      List<Integer> targets = exits[b].targets();
      jumps[b] = exits[b].kind() == ExitKind.JUMP && events.get(b).isEmpty() ? targets.get(0) : -1;
    }
    for (int b = 0; b < exits.length; b++) {
      thread(b, jumps);
    }
    mergeChains();
    return renumbered();
  }

  /**
   * Finds where a block leads, past mere jumps.
   *
   * @param jumps where each block that is nothing but a jump leads, -1 for others
   */
  private void thread(int block, int[] jumps) {
    Exit exit = exits[block];
    List<Integer> written = exit.targets();
    if (written.isEmpty()) {
      ways[block] = NONE;
      return;
    }
    int[] targets = new int[written.size()];
    int n = 0;
    boolean single = true;
    for (int i = 0; i < targets.length; i++) {
      int target = destination(written.get(i), jumps);
      single &= n == 0 || targets[0] == target;
      if (exit.kind() != ExitKind.CHOICE || !contains(targets, n, target)) {
        targets[n++] = target;
      }
    }
    // A branch both of whose sides meet at once decides nothing, unless its condition does things.
    boolean decides = exit.kind() == ExitKind.BRANCH && hasEffect(exit.condition());
    if (single && !decides) {
      n = 1;
      exits[block] = new Exit(ExitKind.JUMP, null, List.of(), null);
      jumps[block] = events.get(block).isEmpty() ? targets[0] : -1;
    }
    ways[block] = n == targets.length ? targets : Arrays.copyOf(targets, n);
  }

  private static boolean contains(int[] targets, int n, int target) {
    for (int i = 0; i < n; i++) {
      if (targets[i] == target) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasEffect(Expr e) {
    if (e.is(Expr.Kind.CALL) || e.is(Expr.Kind.ASSIGN)) {
      return true;
    }
    return e.anyOperand(ControlFlow::hasEffect);
  }

  private static int destination(int block, int[] jumps) {
    int at = block;
    for (int hops = 0; hops < jumps.length; hops++) {
      int next = jumps[at];
      if (next < 0 || next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** A block whose only way in is a jump becomes part of the block that jumps. */
  private void mergeChains() {
    int[] entries = new int[exits.length];
    entries[0] = 1;
    int[] reached = reachable();
    for (int b : reached) {
      for (int target : ways[b]) {
        entries[target]++;
      }
    }
    for (int b : reached) {
      while (exits[b].kind() == ExitKind.JUMP) {
        int next = ways[b][0];
        if (next == b || entries[next] != 1) {
          break;
        }
        events.get(b).addAll(events.get(next));
        exits[b] = exits[next];
        ways[b] = ways[next];
        events.get(next).clear();
        exits[next] = NOWHERE;
        ways[next] = NONE;
      }
    }
  }

  /** Blocks that control can come to. */
  private int[] reachable() {
    boolean[] seen = new boolean[exits.length];
    int[] order = new int[exits.length];
    int n = 0;
    seen[0] = true;
    order[n++] = 0;
    for (int i = 0; i < n; i++) {
      for (int target : ways[order[i]]) {
        if (!seen[target]) {
          seen[target] = true;
          order[n++] = target;
        }
      }
    }
    return Arrays.copyOf(order, n);
  }

  private List<Block> renumbered() {
    int[] order = reachable();
    // Blocks stay in the order they were written in, so that results follow the source.
    Arrays.sort(order);
    int[] number = new int[exits.length];
    for (int i = 0; i < order.length; i++) {
      number[order[i]] = i;
    }
    List<Block> blocks = new ArrayList<>(order.length);
    for (int b : order) {
      Exit exit = exits[b];
      Integer[] targets = new Integer[ways[b].length];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = number[ways[b][i]];
      }
      blocks.add(
          new Block(
              List.copyOf(events.get(b)),
              new Exit(exit.kind(), exit.condition(), List.of(targets), exit.span())));
    }
    return blocks;
  }
}
