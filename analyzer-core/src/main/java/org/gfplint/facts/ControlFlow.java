package org.gfplint.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfplint.facts.Block.Exit;
import org.gfplint.facts.Block.ExitKind;

/** Cleans up control flow as it was written down: no empty blocks, nothing that cannot run. */
final class ControlFlow {
  private static final Exit NOWHERE = new Exit(ExitKind.STOP, null, List.of(), null);

  private final List<List<Expr>> events;
  private final List<Exit> exits;

  private ControlFlow(List<List<Expr>> events, List<Exit> exits) {
    this.events = events;
    this.exits = exits;
  }

  static List<Block> simplify(List<List<Expr>> events, List<Exit> exits) {
    return new ControlFlow(events, exits).simplify();
  }

  private List<Block> simplify() {
    for (int b = 0; b < exits.size(); b++) {
      exits.set(b, exits.get(b) == null ? NOWHERE : threaded(exits.get(b)));
    }
    mergeChains();
    return renumbered();
  }

  /** The exit with targets that are not mere jumps elsewhere. */
  private Exit threaded(Exit exit) {
    if (exit.targets().isEmpty()) {
      return exit;
    }
    List<Integer> targets = new ArrayList<>(exit.targets().size());
    boolean single = true;
    for (int written : exit.targets()) {
      int target = destination(written);
      single &= targets.isEmpty() || targets.get(0) == target;
      if (exit.kind() != ExitKind.CHOICE || !targets.contains(target)) {
        targets.add(target);
      }
    }
    // A branch both of whose sides meet at once decides nothing, unless its condition does things.
    boolean decides = exit.kind() == ExitKind.BRANCH && hasEffect(exit.condition());
    if (single && !decides) {
      return new Exit(ExitKind.JUMP, null, targets.subList(0, 1), null);
    }
    return new Exit(exit.kind(), exit.condition(), List.copyOf(targets), exit.span());
  }

  private static boolean hasEffect(Expr e) {
    if (e.is(Expr.Kind.CALL) || e.is(Expr.Kind.ASSIGN)) {
      return true;
    }
    return e.anyOperand(ControlFlow::hasEffect);
  }

  private int destination(int block) {
    int at = block;
    for (int hops = 0; hops < exits.size(); hops++) {
      Exit exit = exits.get(at);
      if (exit == null || exit.kind() != ExitKind.JUMP || !events.get(at).isEmpty()) {
        return at;
      }
      int next = exit.targets().get(0);
      if (next == at) {
        return at;
      }
      at = next;
    }
    return at;
  }

  /** A block whose only way in is a jump becomes part of the block that jumps. */
  private void mergeChains() {
    int[] entries = new int[exits.size()];
    entries[0] = 1;
    for (int b : reachable()) {
      for (int target : exits.get(b).targets()) {
        entries[target]++;
      }
    }
    for (int b : reachable()) {
      while (exits.get(b).kind() == ExitKind.JUMP) {
        int next = exits.get(b).targets().get(0);
        if (next == b || entries[next] != 1) {
          break;
        }
        events.get(b).addAll(events.get(next));
        exits.set(b, exits.get(next));
        events.get(next).clear();
        exits.set(next, NOWHERE);
      }
    }
  }

  private List<Integer> reachable() {
    boolean[] seen = new boolean[exits.size()];
    List<Integer> order = new ArrayList<>();
    seen[0] = true;
    order.add(0);
    for (int i = 0; i < order.size(); i++) {
      for (int target : exits.get(order.get(i)).targets()) {
        if (!seen[target]) {
          seen[target] = true;
          order.add(target);
        }
      }
    }
    return order;
  }

  private List<Block> renumbered() {
    List<Integer> order = new ArrayList<>(reachable());
    // Blocks stay in the order they were written in, so that results follow the source.
    order.sort(null);
    int[] number = new int[exits.size()];
    Arrays.fill(number, -1);
    for (int i = 0; i < order.size(); i++) {
      number[order.get(i)] = i;
    }
    List<Block> blocks = new ArrayList<>(order.size());
    for (int b : order) {
      Exit exit = exits.get(b);
      List<Integer> targets = new ArrayList<>(exit.targets().size());
      for (int target : exit.targets()) {
        targets.add(number[target]);
      }
      blocks.add(
          new Block(
              List.copyOf(events.get(b)),
              new Exit(exit.kind(), exit.condition(), List.copyOf(targets), exit.span())));
    }
    return blocks;
  }
}
