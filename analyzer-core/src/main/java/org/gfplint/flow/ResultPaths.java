package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.gfplint.facts.Block;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;

/**
 * Where the results of calls go in one function: which variable or field gets them, what tests it
 * and what uses it first. Silent about whatever may have been changed by others.
 */
final class ResultPaths {
  /** An expression that is evaluated, at its place in a block; the exit's comes last. */
  private record Point(int block, int index) {}

  private final List<Block> blocks;
  private final List<List<Integer>> predecessors = new ArrayList<>();

  ResultPaths(FunctionFacts facts) {
    blocks = facts.blocks();
    blocks.forEach(b -> predecessors.add(new ArrayList<>()));
    for (int b = 0; b < blocks.size(); b++) {
      for (int target : blocks.get(b).exit().targets()) {
        predecessors.get(target).add(b);
      }
    }
  }

  /**
   * A test for NULL.
   *
   * @param pointer what is tested, in C
   * @param calls whose results it can see
   */
  record Test(Span place, String pointer, Set<Expr> calls) {}

  /** Tests for NULL that see nothing but results of such calls. */
  List<Test> testsOnlyOf(Predicate<Expr> call) {
    List<Test> tests = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      Block.Exit exit = blocks.get(b).exit();
      if (exit.kind() == ExitKind.BRANCH && exit.span() != null) {
        Expr tested = tested(exit.condition());
        Set<Expr> seen = new LinkedHashSet<>();
        if (tested != null && holdsOnly(tested, b, c -> call.test(c) && note(seen, c))) {
          tests.add(new Test(exit.span(), pointer(tested).text(), seen));
        }
      }
    }
    return tests;
  }

  /** The calls whose results the function returns; empty if it may return anything else. */
  Optional<Set<Expr>> returned() {
    Set<Expr> calls = new LinkedHashSet<>();
    for (int b = 0; b < blocks.size(); b++) {
      Block.Exit exit = blocks.get(b).exit();
      if (exit.kind() == ExitKind.RETURN) {
        if (exit.condition() == null
            || !holdsOnly(exit.condition(), b, c -> c.is(Expr.Kind.CALL) && note(calls, c))) {
          return Optional.empty();
        }
      }
    }
    return calls.isEmpty() ? Optional.empty() : Optional.of(calls);
  }

  private static boolean note(Set<Expr> calls, Expr call) {
    calls.add(call);
    return true;
  }

  /** What gets the result of a call; empty if that is not a plain variable or field. */
  Optional<Expr> receiver(Expr call) {
    for (Block block : blocks) {
      for (Expr event : block.events()) {
        if (event.is(Expr.Kind.ASSIGN)
            && event.name().equals("=")
            && event.operand(1).equals(call)) {
          return Optional.of(event.operand(0)).filter(ResultPaths::isPointer);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether, after a call, the first that happens to what got its result is being followed. */
  boolean isUsedUntested(Expr call, String pointer) {
    for (int b = 0; b < blocks.size(); b++) {
      List<Expr> points = points(b);
      for (int i = 0; i < points.size(); i++) {
        Expr at = points.get(i);
        if (at.is(Expr.Kind.ASSIGN) && at.operand(1).equals(call)) {
          return isUsedFrom(new Point(b, i + 1), pointer, new HashSet<>());
        }
      }
    }
    return false;
  }

  private boolean isUsedFrom(Point from, String pointer, Set<Point> seen) {
    if (!seen.add(from)) {
      return false;
    }
    List<Expr> points = points(from.block);
    for (int i = from.index; i < points.size(); i++) {
      Expr at = points.get(i);
      if (mentions(at, pointer)) {
        return Dereferences.of(pointer, at) && !asks(at, pointer);
      }
    }
    for (int target : blocks.get(from.block).exit().targets()) {
      if (isUsedFrom(new Point(target, 0), pointer, seen)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the expression asks for the pointer before it follows it. */
  private static boolean asks(Expr e, String pointer) {
    boolean asks =
        e.is(Expr.Kind.CONDITIONAL) || e.isBinary("&&") || e.isBinary("||") || e.isUnary("!");
    return asks && mentions(e.operand(0), pointer) || e.anyOperand(o -> asks(o, pointer));
  }

  private List<Expr> points(int block) {
    List<Expr> points = new ArrayList<>(blocks.get(block).events());
    Expr condition = blocks.get(block).exit().condition();
    if (condition != null) {
      points.add(condition);
    }
    return points;
  }

  // ---- what an expression holds

  private boolean holdsOnly(Expr value, int block, Predicate<Expr> call) {
    if (value.is(Expr.Kind.CALL)) {
      return call.test(value);
    }
    if (value.is(Expr.Kind.ASSIGN)) {
      return value.name().equals("=") && call.test(value.operand(1));
    }
    return isPointer(value)
        && !isAddressTaken(value)
        && comesFrom(value, new Point(block, blocks.get(block).events().size()), call);
  }

  /** Whether on every way to the point the last assignment was of such a call. */
  private boolean comesFrom(Expr pointer, Point to, Predicate<Expr> call) {
    Set<Integer> seen = new HashSet<>();
    List<Point> work = new ArrayList<>(List.of(to));
    String text = pointer.text();
    while (!work.isEmpty()) {
      Point point = work.remove(work.size() - 1);
      List<Expr> points = points(point.block);
      boolean found = false;
      for (int i = point.index - 1; i >= 0 && !found; i--) {
        Expr at = points.get(i);
        if (at.is(Expr.Kind.ASSIGN) && at.operand(0).text().equals(text)) {
          if (!at.name().equals("=") || !call.test(at.operand(1))) {
            return false;
          }
          found = true;
        } else if (mayChange(at, pointer)) {
          return false;
        }
      }
      if (!found) {
        if (point.block == 0) {
          return false;
        }
        for (int before : predecessors.get(point.block)) {
          if (seen.add(before)) {
            work.add(new Point(before, points(before).size()));
          }
        }
      }
    }
    return true;
  }

  /** Another assignment inside; for a field also any call, or another object in its place. */
  private static boolean mayChange(Expr e, Expr pointer) {
    boolean field = pointer.is(Expr.Kind.FIELD);
    if (e.is(Expr.Kind.CALL) && field) {
      return true;
    }
    if (e.is(Expr.Kind.ASSIGN)) {
      Expr target = e.operand(0);
      boolean same = target.text().equals(pointer.text());
      boolean alias = field && target.is(Expr.Kind.FIELD) && target.name().equals(pointer.name());
      boolean base = field && target.is(Expr.Kind.NAME) && mentions(pointer, target.name());
      if (same || alias || base) {
        return true;
      }
    }
    return e.anyOperand(o -> mayChange(o, pointer));
  }

  private boolean isAddressTaken(Expr pointer) {
    String text = pointer.text();
    for (int b = 0; b < blocks.size(); b++) {
      if (points(b).stream().anyMatch(e -> takesAddress(e, text))) {
        return true;
      }
    }
    return false;
  }

  private static boolean takesAddress(Expr e, String text) {
    return e.isUnary("&") && e.operand(0).text().equals(text)
        || e.anyOperand(o -> takesAddress(o, text));
  }

  private static boolean mentions(Expr e, String pointer) {
    return e.text().equals(pointer) || e.anyOperand(o -> mentions(o, pointer));
  }

  private static boolean isPointer(Expr e) {
    return e.is(Expr.Kind.NAME) || e.is(Expr.Kind.FIELD);
  }

  private static Expr pointer(Expr tested) {
    return tested.is(Expr.Kind.ASSIGN) ? tested.operand(0) : tested;
  }

  /** What a condition compares with NULL, or null. */
  private static Expr tested(Expr condition) {
    if (condition.isBinary("==") || condition.isBinary("!=")) {
      Expr right = condition.operand(1);
      boolean zero = right.isName("NULL") || right.is(Expr.Kind.NUMBER) && right.number() == 0;
      return zero ? tested(condition.operand(0)) : null;
    }
    return isPointer(condition) || condition.is(Expr.Kind.ASSIGN) ? condition : null;
  }
}
