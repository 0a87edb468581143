package org.gfplint.flow;

import java.util.List;
import java.util.Map;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.SizeSource;

/** Numbers, as far as the size of a request depends on them. */
final class Sizes {
  /** One object is hardly ever larger than a page; beyond that nobody asks for it in one piece. */
  private static final Value ONE_OBJECT = new Value.Range(1, AllocationSize.PAGE_SIZE);

  private static final Map<String, Integer> SCALARS =
      Map.ofEntries(
          Map.entry("char", 1),
          Map.entry("bool", 1),
          Map.entry("u8", 1),
          Map.entry("__u8", 1),
          Map.entry("s8", 1),
          Map.entry("uint8_t", 1),
          Map.entry("u16", 2),
          Map.entry("__u16", 2),
          Map.entry("__le16", 2),
          Map.entry("__be16", 2),
          Map.entry("short", 2),
          Map.entry("uint16_t", 2),
          Map.entry("int", 4),
          Map.entry("unsigned", 4),
          Map.entry("unsigned int", 4),
          Map.entry("u32", 4),
          Map.entry("s32", 4),
          Map.entry("__u32", 4),
          Map.entry("__le32", 4),
          Map.entry("__be32", 4),
          Map.entry("uint32_t", 4),
          Map.entry("long", 8),
          Map.entry("unsigned long", 8),
          Map.entry("u64", 8),
          Map.entry("s64", 8),
          Map.entry("__u64", 8),
          Map.entry("__le64", 8),
          Map.entry("__be64", 8),
          Map.entry("uint64_t", 8),
          Map.entry("size_t", 8),
          Map.entry("dma_addr_t", 8));

  private Sizes() {}

  /** What sizeof gives; the text is a type or an expression. */
  static Value sizeOf(String text) {
    Integer scalar = SCALARS.get(text);
    if (scalar != null) {
      return Value.number(scalar);
    }
    if (text.endsWith("*")) {
      return Value.number(8);
    }
    return ONE_OBJECT;
  }

  static Value arithmetic(String operator, Value left, Value right) {
    if (!(left instanceof Value.Range a) || !(right instanceof Value.Range b)) {
      return Value.UNKNOWN;
    }
    try {
      switch (operator) {
        case "+":
          return range(Math.addExact(a.min(), b.min()), Math.addExact(a.max(), b.max()));
        case "-":
          return range(Math.subtractExact(a.min(), b.max()), Math.subtractExact(a.max(), b.min()));
        case "*":
          return a.min() < 0 || b.min() < 0
              ? Value.UNKNOWN
              : range(Math.multiplyExact(a.min(), b.min()), Math.multiplyExact(a.max(), b.max()));
        case "/":
          return a.min() < 0 || b.min() <= 0
              ? Value.UNKNOWN
              : range(a.min() / b.max(), a.max() / b.min());
        case "<<":
          return a.min() < 0 || b.min() < 0 || b.max() > 40
              ? Value.UNKNOWN
              : range(
                  Math.multiplyExact(a.min(), 1L << b.min()),
                  Math.multiplyExact(a.max(), 1L << b.max()));
        case ">>":
          return a.min() < 0 || b.min() < 0 || b.max() > 62
              ? Value.UNKNOWN
              : range(a.min() >> b.max(), a.max() >> b.min());
        default:
          return Value.UNKNOWN;
      }
    } catch (ArithmeticException e) {
      return Value.UNKNOWN;
    }
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
        return r.max() > Long.MAX_VALUE / AllocationSize.PAGE_SIZE
            ? AllocationSize.UNKNOWN
            : new AllocationSize(
                r.min() * AllocationSize.PAGE_SIZE, r.max() * AllocationSize.PAGE_SIZE);
      case ORDER:
        return r.max() > 50
            ? AllocationSize.UNKNOWN
            : new AllocationSize(
                AllocationSize.ofOrder((int) r.min()).minBytes(),
                AllocationSize.ofOrder((int) r.max()).maxBytes());
      default:
        return AllocationSize.UNKNOWN;
    }
  }
}
