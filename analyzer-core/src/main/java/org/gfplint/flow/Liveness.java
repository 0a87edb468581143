package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;

/**
 * What can still be asked for from each block on: variables that are read before they are set
 * again, and questions. A path need not remember anything else.
 */
final class Liveness {
  /** A variable, or the answer to a question, that is wanted. */
  private record Want(String name, boolean question) {}

  private final List<Block> blocks;
  private final Set<String> questions;
  private final Map<Want, Integer> numbers = new HashMap<>();
  private final BitSet[] live;
  private final List<Set<String>> variables;
  private final List<Set<String>> asked;

  /**
   * Liveness in one function.
   *
   * @param questions conditions, in C, whose answers are worth remembering
   */
  Liveness(FunctionFacts function, Set<String> questions) {
    this.blocks = function.blocks();
    this.questions = questions;
    this.live = new BitSet[blocks.size()];
    this.variables = new ArrayList<>(Collections.nCopies(blocks.size(), null));
    this.asked = new ArrayList<>(Collections.nCopies(blocks.size(), null));
    BitSet[] set = new BitSet[blocks.size()];
    for (int b = 0; b < blocks.size(); b++) {
      live[b] = new BitSet();
      set[b] = new BitSet();
      look(blocks.get(b), live[b], set[b]);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = blocks.size() - 1; b >= 0; b--) {
        int before = live[b].cardinality();
        for (int target : blocks.get(b).exit().targets()) {
          BitSet more = (BitSet) live[target].clone();
          more.andNot(set[b]);
          live[b].or(more);
        }
        changed |= live[b].cardinality() > before;
      }
    }
  }

  /** Variables that may be read from the block on. */
  Set<String> variables(int block) {
    if (variables.get(block) == null) {
      name(block);
    }
    return variables.get(block);
  }

  /** Questions that may be asked from the block on, in C. */
  Set<String> questions(int block) {
    if (asked.get(block) == null) {
      name(block);
    }
    return asked.get(block);
  }

  private void name(int block) {
    variables.set(block, new HashSet<>());
    asked.set(block, new HashSet<>());
    numbers.forEach(
        (want, number) -> {
          if (live[block].get(number)) {
            (want.question() ? asked : variables).get(block).add(want.name());
          }
        });
  }

  private void look(Block block, BitSet read, BitSet set) {
    for (Expr event : block.events()) {
      look(event, read, set);
      if (event.is(Expr.Kind.ASSIGN)
          && event.name().equals("=")
          && event.operand(0).is(Expr.Kind.NAME)) {
        set.set(number(event.operand(0).name(), false));
      }
    }
    Expr condition = block.exit().condition();
    if (condition != null) {
      look(condition, read, set);
      if (!questions.isEmpty()) {
        ask(condition, read);
      }
    }
  }

  private void look(Expr e, BitSet read, BitSet set) {
    if (e.is(Expr.Kind.NAME)) {
      int number = number(e.name(), false);
      if (!set.get(number)) {
        read.set(number);
      }
      return;
    }
    // What is only set is not read.
    int first =
        e.is(Expr.Kind.ASSIGN) && e.name().equals("=") && e.operand(0).is(Expr.Kind.NAME) ? 1 : 0;
    for (int i = first; i < e.operands().size(); i++) {
      look(e.operand(i), read, set);
    }
  }

  private void ask(Expr condition, BitSet read) {
    String text = condition.text();
    if (questions.contains(text)) {
      read.set(number(text, true));
    }
    condition.operands().forEach(o -> ask(o, read));
  }

  private int number(String name, boolean question) {
    return numbers.computeIfAbsent(new Want(name, question), n -> numbers.size());
  }
}
