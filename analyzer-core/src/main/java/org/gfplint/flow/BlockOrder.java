package org.gfplint.flow;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.gfplint.facts.Block;

/**
 * The blocks of a function in an order in which each comes after those that lead to it, but for the
 * ways back to the head of a loop.
 */
final class BlockOrder {
  private final List<Block> blocks;
  private final int[] inOrder;

  /** Of each block; -1 while it is not known, and of those that control never comes to. */
  private final int[] places;

  private final BitSet loops = new BitSet();

  BlockOrder(List<Block> blocks) {
    this.blocks = blocks;
    this.inOrder = new int[blocks.size()];
    this.places = new int[blocks.size()];
    Arrays.fill(places, -1);
    sort();
    for (int from = 0; from < places.length; from++) {
      for (int target : blocks.get(from).exit().targets()) {
        if (places[from] >= 0 && places[target] <= places[from]) {
          loops.set(places[target], places[from] + 1);
        }
      }
    }
  }

  /** The block at a place. */
  int block(int place) {
    return inOrder[place];
  }

  /** Where a block stands. */
  int place(int block) {
    return places[block];
  }

  /** Whether control may come back to a block; also said of what a loop only leaves by. */
  boolean isInLoop(int block) {
    return loops.get(places[block]);
  }

  /**
   * Depth first, without recursion: functions have thousands of blocks. A block is placed when all
   * behind it are.
   */
  private void sort() {
    int[] way = new int[blocks.size()];
    int[] left = new int[blocks.size()];
    BitSet met = new BitSet();
    int place = blocks.size();
    int depth = 0;
    met.set(0);
    left[0] = blocks.get(0).exit().targets().size();
    while (depth >= 0) {
      int block = way[depth];
      if (left[depth] == 0) {
        inOrder[--place] = block;
        places[block] = place;
        depth--;
        continue;
      }
      // What comes first where the ways part is to come first here.
      int target = blocks.get(block).exit().targets().get(--left[depth]);
      if (!met.get(target)) {
        met.set(target);
        depth++;
        way[depth] = target;
        left[depth] = blocks.get(target).exit().targets().size();
      }
    }
  }
}
