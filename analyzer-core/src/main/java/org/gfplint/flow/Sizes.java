package org.gfplint.flow;

import static org.gfplint.flow.Layout.UNBOUNDED;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.SizeSource;

/** Numbers, as far as the size of a request depends on them. */
final class Sizes {
  /** Of no particular configuration; the kernel's own names, whatever the tree says. */
  private static final Map<String, Long> FIXED =
      Map.of(
          "PAGE_SIZE", AllocationSize.PAGE_SIZE,
          "PAGE_SHIFT", (long) Long.numberOfTrailingZeros(AllocationSize.PAGE_SIZE),
          "BITS_PER_LONG", 64L,
          "BITS_PER_BYTE", 8L,
          "INT_MAX", (long) Integer.MAX_VALUE,
          "UINT_MAX", 0xffffffffL,
          "U8_MAX", 0xffL,
          "U16_MAX", 0xffffL,
          "U32_MAX", 0xffffffffL);

  /** Operators that make another number each time. */
  private static final Set<String> COUNTING = Set.of("+", "-", "*", "<<");

  private static final Pattern POWER = Pattern.compile("SZ_([0-9]+)([KMG]?)");

  private Sizes() {}

  /** What a name stands for in every kernel, or null. */
  static Value fixed(String name) {
    Long value = FIXED.get(name);
    return value == null ? null : Value.number(value);
  }

  /** What a name stands for if no file says anything else. */
  static Value usual(String name) {
    Matcher m = POWER.matcher(name);
    if (!m.matches() || m.group(1).length() > 4) {
      return Value.UNKNOWN;
    }
    int shift = m.group(2).isEmpty() ? 0 : "KMG".indexOf(m.group(2)) * 10 + 10;
    return Value.number(Long.parseLong(m.group(1)) << shift);
  }

  /** An operator of C on masks or numbers. */
  static Value binary(String operator, Value left, Value right) {
    switch (operator) {
      case "|":
        Value or = Masks.or(left, right);
        return or == Value.UNKNOWN && isExact(left) && isExact(right)
            ? Value.number(((Value.Range) left).min() | ((Value.Range) right).min())
            : or;
      case "&":
        if (left.equals(Value.number(0)) || right.equals(Value.number(0))) {
          return Value.number(0);
        }
        Value and = Masks.and(left, right);
        return and == Value.UNKNOWN ? bitsOf(left, right) : and;
      default:
        return arithmetic(operator, left, right);
    }
  }

  private static boolean isExact(Value value) {
    return value instanceof Value.Range r && r.min() == r.max();
  }

  private static Value bitsOf(Value left, Value right) {
    if (isExact(left) && isExact(right)) {
      return Value.number(((Value.Range) left).min() & ((Value.Range) right).min());
    }
    Value mask = isExact(right) ? right : left;
    Value other = isExact(right) ? left : right;
    boolean positive = isExact(mask) && ((Value.Range) mask).min() > 0;
    return positive && !(other instanceof Value.Masks)
        ? upTo(((Value.Range) mask).min())
        : Value.UNKNOWN;
  }

  private static Value truth(boolean holds, boolean fails) {
    return holds ? Value.number(1) : fails ? Value.number(0) : Value.UNKNOWN;
  }

  /** Numbers that end at {@link Layout#UNBOUNDED} have no upper bound. */
  static Value arithmetic(String operator, Value left, Value right) {
    if (!(left instanceof Value.Range a) || !(right instanceof Value.Range b)) {
      return Value.UNKNOWN;
    }
    boolean negative = a.min() < 0 || b.min() < 0;
    try {
      switch (operator) {
        case "+":
          return range(
              Math.addExact(a.min(), b.min()),
              negative ? Math.addExact(a.max(), b.max()) : Layout.add(a.max(), b.max()));
        case "-":
          return b.max() == UNBOUNDED
              ? Value.UNKNOWN
              : range(
                  Math.subtractExact(a.min(), b.max()),
                  a.max() == UNBOUNDED ? UNBOUNDED : Math.subtractExact(a.max(), b.min()));
        case "*":
          return negative
              ? Value.UNKNOWN
              : range(Math.multiplyExact(a.min(), b.min()), Layout.multiply(a.max(), b.max()));
        case "/":
          return negative || b.min() == 0
              ? Value.UNKNOWN
              : range(a.min() / b.max(), a.max() == UNBOUNDED ? UNBOUNDED : a.max() / b.min());
        case "%":
          return negative || b.min() == 0 || b.max() == UNBOUNDED
              ? Value.UNKNOWN
              : isExact(a) && isExact(b)
                  ? Value.number(a.min() % b.min())
                  : range(0, Math.min(a.max(), b.max() - 1));
        case "<<":
          return negative || b.min() > 40
              ? Value.UNKNOWN
              : range(
                  Math.multiplyExact(a.min(), 1L << b.min()),
                  b.max() > 40
                      ? a.max() == 0 ? 0 : UNBOUNDED
                      : Layout.multiply(a.max(), 1L << b.max()));
        case ">>":
          return negative || b.min() > 62
              ? Value.UNKNOWN
              : range(
                  a.min() >> Math.min(b.max(), 62),
                  a.max() == UNBOUNDED ? UNBOUNDED : a.max() >> b.min());
        case "==":
          return truth(isExact(a) && a.equals(b), a.max() < b.min() || b.max() < a.min());
        case "!=":
          return truth(a.max() < b.min() || b.max() < a.min(), isExact(a) && a.equals(b));
        case "<":
          return truth(a.max() < b.min(), a.min() >= b.max());
        case ">":
          return truth(a.min() > b.max(), a.max() <= b.min());
        case "<=":
          return truth(a.max() <= b.min(), a.min() > b.max());
        case ">=":
          return truth(a.min() >= b.max(), a.max() < b.min());
        default:
          return Value.UNKNOWN;
      }
    } catch (ArithmeticException e) {
      return Value.UNKNOWN;
    }
  }

  /**
   * What a variable is that each round of a loop changes. Rounds are not told apart, or each would
   * be another path.
   */
  static Value ofAnyRound(String operator, Value before, Value after) {
    boolean counts = COUNTING.contains(operator);
    if (!counts || !(before instanceof Value.Range b) || !(after instanceof Value.Range a)) {
      return after;
    }
    if (a.min() < b.min()) {
      return Value.UNKNOWN;
    }
    return b.max() == UNBOUNDED ? before : range(a.min(), UNBOUNDED);
  }

  /** At least nothing, at most this much. */
  static Value upTo(long max) {
    return range(0, max);
  }

  private static Value range(long min, long max) {
    return new Value.Range(min, max);
  }

  /** The size that a call asks for, in the unit of its size arguments. */
  static Value requested(SizeSource source, List<Value> arguments) {
    Value product = null;
    for (int index : source.arguments()) {
      Value argument = index < arguments.size() ? arguments.get(index) : Value.UNKNOWN;
      product = product == null ? argument : arithmetic("*", product, argument);
    }
    return product == null ? Value.UNKNOWN : product;
  }

  /** A size in the unit of its arguments, as the model takes it. */
  static AllocationSize inBytes(SizeSource source, Value size) {
    if (source.kind() == SizeSource.Kind.ONE_PAGE) {
      return AllocationSize.ofOrder(0);
    }
    if (!(size instanceof Value.Range r) || r.min() < 0) {
      return AllocationSize.UNKNOWN;
    }
    switch (source.kind()) {
      case BYTES:
        return new AllocationSize(r.min(), r.max());
      case PAGES:
        return new AllocationSize(
            Layout.multiply(r.min(), AllocationSize.PAGE_SIZE),
            Layout.multiply(r.max(), AllocationSize.PAGE_SIZE));
      case ORDER:
        return new AllocationSize(
            AllocationSize.ofOrder((int) Math.min(r.min(), 51)).minBytes(),
            AllocationSize.ofOrder((int) Math.min(r.max(), 51)).maxBytes());
      default:
        return AllocationSize.UNKNOWN;
    }
  }
}
