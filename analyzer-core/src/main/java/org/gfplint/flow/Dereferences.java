package org.gfplint.flow;

import java.util.Map;
import java.util.stream.Collectors;
import org.gfplint.facts.Expr;

/** Uses of a pointer that go wrong if it is NULL. */
final class Dereferences {
  private static final Map<String, Integer> ARGUMENTS =
      WordList.rows("dereferencing.txt").stream()
          .collect(Collectors.toMap(row -> row[0], row -> Integer.valueOf(row[1])));

  private Dereferences() {}

  /** Whether the expression follows the pointer, somewhere in it. */
  static boolean of(String pointer, Expr e) {
    return follows(pointer, e) || e.anyOperand(o -> of(pointer, o));
  }

  private static boolean follows(String pointer, Expr e) {
    switch (e.kind()) {
      case FIELD, INDEX:
        return e.operand(0).text().equals(pointer);
      case UNARY:
        return e.isUnary("*") && e.operand(0).text().equals(pointer);
      case CALL:
        int argument = ARGUMENTS.getOrDefault(e.callee(), -1);
        return argument >= 0
            && argument < e.arguments().size()
            && e.arguments().get(argument).text().equals(pointer);
      default:
        return false;
    }
  }
}
