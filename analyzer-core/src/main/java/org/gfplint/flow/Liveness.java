package org.gfplint.flow;

import java.util.BitSet;
import java.util.HashMap;
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
  private final List<Block> blocks;
  private final Set<String> questions;

  /** Each variable and each question has a number of its own. */
  private final Map<String, Integer> variableNumbers = new HashMap<>();

  private final Map<String, Integer> questionNumbers = new HashMap<>();
  private final BitSet[] live;

  /**
   * Liveness in one function.
   *
   * @param questions conditions, in C, whose answers are worth remembering
   */
  Liveness(FunctionFacts function, Set<String> questions) {
    this.blocks = function.blocks();
    this.questions = questions;
    this.live = new BitSet[blocks.size()];
    BitSet[] set = new BitSet[blocks.size()];
    for (int b = 0; b < blocks.size(); b++) {
      live[b] = new BitSet();
      set[b] = new BitSet();
      look(blocks.get(b), live[b], set[b]);
    }
    BitSet after = new BitSet();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = blocks.size() - 1; b >= 0; b--) {
        after.clear();
        for (int target : blocks.get(b).exit().targets()) {
          after.or(live[target]);
        }
        after.andNot(set[b]);
        int before = live[b].cardinality();
        live[b].or(after);
        changed |= live[b].cardinality() > before;
      }
    }
  }

  /** Whether the variable may be read from the block on. */
  boolean isRead(String variable, int block) {
    return isLive(variableNumbers.get(variable), block);
  }

  /** Whether the question, in C, may be asked from the block on. */
  boolean isAsked(String question, int block) {
    return isLive(questionNumbers.get(question), block);
  }

  private boolean isLive(Integer number, int block) {
    return number != null && live[block].get(number);
  }

  private void look(Block block, BitSet read, BitSet set) {
    for (Expr event : block.events()) {
      look(event, read, set);
      if (event.is(Expr.Kind.ASSIGN)
          && event.name().equals("=")
          && event.operand(0).is(Expr.Kind.NAME)) {
        set.set(number(variableNumbers, event.operand(0).name()));
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
      int number = number(variableNumbers, e.name());
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
      read.set(number(questionNumbers, text));
    }
    for (Expr operand : condition.operands()) {
      ask(operand, read);
    }
  }

  private int number(Map<String, Integer> numbers, String name) {
    Integer known = numbers.get(name);
    if (known == null) {
      known = variableNumbers.size() + questionNumbers.size();
      numbers.put(name, known);
    }
    return known;
  }
}
