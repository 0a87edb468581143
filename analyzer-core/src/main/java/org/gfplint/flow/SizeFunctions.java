package org.gfplint.flow;

import static org.gfplint.flow.Layout.UNBOUNDED;

import java.util.List;
import java.util.Map;
import org.gfplint.facts.Expr;

/** The kernel's functions and macros that compute sizes. */
final class SizeFunctions {
  /** Gives the value of a call from the values of its arguments. */
  private interface Rule {
    Value value(Expr call, List<Value> arguments, OperandTypes types);
  }

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          // include/linux/overflow.h
          Map.entry("array_size", fold("*")),
          Map.entry("array3_size", fold("*")),
          Map.entry("size_mul", fold("*")),
          Map.entry("size_add", fold("+")),
          Map.entry("size_sub", fold("-")),
          Map.entry("struct_size", (c, a, t) -> structSize(c, a, t)),
          Map.entry("struct_size_t", (c, a, t) -> structSizeOfType(c, a, t)),
          Map.entry("flex_array_size", (c, a, t) -> flexArraySize(c, a, t)),
          Map.entry("ARRAY_SIZE", (c, a, t) -> arraySize(c, t)),
          Map.entry("sizeof_field", (c, a, t) -> fieldSize(c, t)),
          Map.entry("FIELD_SIZEOF", (c, a, t) -> fieldSize(c, t)),
          // include/linux/minmax.h
          Map.entry("min", (c, a, t) -> least(a)),
          Map.entry("min3", (c, a, t) -> least(a)),
          Map.entry("umin", (c, a, t) -> least(a)),
          Map.entry("MIN", (c, a, t) -> least(a)),
          Map.entry("min_t", (c, a, t) -> least(behindType(a))),
          Map.entry("max", (c, a, t) -> most(a)),
          Map.entry("max3", (c, a, t) -> most(a)),
          Map.entry("umax", (c, a, t) -> most(a)),
          Map.entry("MAX", (c, a, t) -> most(a)),
          Map.entry("max_t", (c, a, t) -> most(behindType(a))),
          Map.entry("clamp", (c, a, t) -> clamp(a)),
          Map.entry("clamp_val", (c, a, t) -> clamp(a)),
          Map.entry("clamp_t", (c, a, t) -> clamp(behindType(a))),
          // include/linux/math.h, align.h, log2.h, bitops.h, mm.h
          Map.entry("roundup", (c, a, t) -> round(a, true)),
          Map.entry("round_up", (c, a, t) -> round(a, true)),
          Map.entry("ALIGN", (c, a, t) -> round(a, true)),
          Map.entry("__ALIGN_KERNEL", (c, a, t) -> round(a, true)),
          Map.entry("rounddown", (c, a, t) -> round(a, false)),
          Map.entry("round_down", (c, a, t) -> round(a, false)),
          Map.entry("ALIGN_DOWN", (c, a, t) -> round(a, false)),
          Map.entry("PAGE_ALIGN", (c, a, t) -> round(withPage(a), true)),
          Map.entry("PAGE_ALIGN_DOWN", (c, a, t) -> round(withPage(a), false)),
          Map.entry("DIV_ROUND_UP", (c, a, t) -> divideUp(a)),
          Map.entry("DIV_ROUND_UP_ULL", (c, a, t) -> divideUp(a)),
          Map.entry("BITS_TO_LONGS", (c, a, t) -> divideUp(a, 64)),
          Map.entry("BITS_TO_BYTES", (c, a, t) -> divideUp(a, 8)),
          Map.entry("BIT", (c, a, t) -> bit(a)),
          Map.entry("BIT_ULL", (c, a, t) -> bit(a)),
          Map.entry("_BITUL", (c, a, t) -> bit(a)),
          Map.entry("_BITULL", (c, a, t) -> bit(a)),
          Map.entry("roundup_pow_of_two", (c, a, t) -> map(a, SizeFunctions::powerAbove)),
          Map.entry("rounddown_pow_of_two", (c, a, t) -> map(a, Long::highestOneBit)),
          Map.entry("ilog2", (c, a, t) -> map(a, SizeFunctions::log2)),
          Map.entry("order_base_2", (c, a, t) -> map(a, n -> n <= 1 ? 0 : log2(n - 1) + 1)),
          Map.entry("get_order", (c, a, t) -> map(a, SizeFunctions::order)),
          // Counts and lengths: never negative.
          Map.entry("strlen", (c, a, t) -> Sizes.upTo(UNBOUNDED)),
          Map.entry("num_possible_cpus", (c, a, t) -> new Value.Range(1, UNBOUNDED)),
          Map.entry("num_online_cpus", (c, a, t) -> new Value.Range(1, UNBOUNDED)));

  private SizeFunctions() {}

  /** Whether a function computes a size from its arguments. */
  static boolean contains(String name) {
    return RULES.containsKey(name);
  }

  /** The value of a call; unknown if the function is none of these. */
  static Value value(Expr call, List<Value> arguments, OperandTypes types) {
    Rule rule = RULES.get(call.callee());
    return rule == null ? Value.UNKNOWN : rule.value(call, arguments, types);
  }

  private static Rule fold(String operator) {
    return (call, arguments, types) -> {
      Value result = null;
      for (Value argument : arguments) {
        Value size = notNegative(argument);
        result = result == null ? size : Sizes.arithmetic(operator, result, size);
      }
      return result == null ? Value.UNKNOWN : result;
    };
  }

  /** What these functions take is of type size_t. */
  private static Value notNegative(Value value) {
    if (value instanceof Value.Range r) {
      return r.min() >= 0 ? r : Sizes.upTo(UNBOUNDED);
    }
    return Sizes.upTo(UNBOUNDED);
  }

  // ---- types

  private static Value structSize(Expr call, List<Value> arguments, OperandTypes types) {
    if (arguments.size() != 3) {
      return Value.UNKNOWN;
    }
    OperandTypes.Typed struct = types.pointedTo(types.typeOf(call.arguments().get(0)));
    return withElements(struct, call, arguments, types);
  }

  private static Value structSizeOfType(Expr call, List<Value> arguments, OperandTypes types) {
    return arguments.size() == 3
        ? withElements(namedType(call, types), call, arguments, types)
        : Value.UNKNOWN;
  }

  private static Value withElements(
      OperandTypes.Typed struct, Expr call, List<Value> arguments, OperandTypes types) {
    Value elements = elements(struct, call, arguments, types);
    return Sizes.arithmetic("+", types.sizeOf(struct), elements);
  }

  private static Value flexArraySize(Expr call, List<Value> arguments, OperandTypes types) {
    return arguments.size() == 3
        ? elements(types.pointedTo(types.typeOf(call.arguments().get(0))), call, arguments, types)
        : Value.UNKNOWN;
  }

  private static Value elements(
      OperandTypes.Typed struct, Expr call, List<Value> arguments, OperandTypes types) {
    Expr member = call.arguments().get(1);
    OperandTypes.Typed element =
        struct == null || !member.is(Expr.Kind.NAME)
            ? null
            : types.pointedTo(types.field(struct, member.name()));
    return Sizes.arithmetic("*", types.sizeOf(element), notNegative(arguments.get(2)));
  }

  /** The struct that a macro's first argument names; its keyword is gone by now. */
  private static OperandTypes.Typed namedType(Expr call, OperandTypes types) {
    String name = call.arguments().get(0).text();
    OperandTypes.Typed struct = new OperandTypes.Typed("struct " + name, List.of());
    return types.isDefined(struct) ? struct : new OperandTypes.Typed(name, List.of());
  }

  private static Value arraySize(Expr call, OperandTypes types) {
    OperandTypes.Typed array =
        call.arguments().isEmpty() ? null : types.typeOf(call.arguments().get(0));
    return array == null || array.dimensions().isEmpty()
        ? Sizes.upTo(UNBOUNDED)
        : types.value(array.dimensions().get(0));
  }

  private static Value fieldSize(Expr call, OperandTypes types) {
    if (call.arguments().size() != 2 || !call.arguments().get(1).is(Expr.Kind.NAME)) {
      return Value.UNKNOWN;
    }
    return types.sizeOf(types.field(namedType(call, types), call.arguments().get(1).name()));
  }

  // ---- numbers

  private static List<Value> behindType(List<Value> arguments) {
    return arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
  }

  private static Value least(List<Value> arguments) {
    long min = UNBOUNDED;
    long max = UNBOUNDED;
    for (Value argument : arguments) {
      Value.Range r = (Value.Range) notNegative(argument);
      min = Math.min(min, r.min());
      max = Math.min(max, r.max());
    }
    return arguments.isEmpty() ? Value.UNKNOWN : new Value.Range(min, max);
  }

  private static Value most(List<Value> arguments) {
    long min = 0;
    long max = 0;
    for (Value argument : arguments) {
      Value.Range r = (Value.Range) notNegative(argument);
      min = Math.max(min, r.min());
      max = Math.max(max, r.max());
    }
    return arguments.isEmpty() ? Value.UNKNOWN : new Value.Range(min, max);
  }

  private static Value clamp(List<Value> arguments) {
    return arguments.size() != 3
        ? Value.UNKNOWN
        : least(List.of(most(arguments.subList(0, 2)), arguments.get(2)));
  }

  private static List<Value> withPage(List<Value> arguments) {
    return arguments.isEmpty() ? arguments : List.of(arguments.get(0), Sizes.fixed("PAGE_SIZE"));
  }

  private static Value round(List<Value> arguments, boolean up) {
    if (arguments.size() != 2
        || !(notNegative(arguments.get(0)) instanceof Value.Range size)
        || !(arguments.get(1) instanceof Value.Range unit)
        || unit.min() <= 0) {
      return arguments.size() == 2 && up
          ? new Value.Range(((Value.Range) notNegative(arguments.get(0))).min(), UNBOUNDED)
          : Value.UNKNOWN;
    }
    if (unit.min() != unit.max()) {
      return up
          ? new Value.Range(
              size.min(),
              size.max() == UNBOUNDED ? UNBOUNDED : Layout.add(size.max(), unit.max() - 1))
          : Sizes.upTo(size.max());
    }
    return new Value.Range(
        multiple(size.min(), unit.min(), up), multiple(size.max(), unit.min(), up));
  }

  private static long multiple(long value, long unit, boolean up) {
    if (value == UNBOUNDED) {
      return UNBOUNDED;
    }
    long below = value / unit * unit;
    return up && below < value ? Layout.add(below, unit) : below;
  }

  private static Value divideUp(List<Value> arguments) {
    return arguments.size() == 2
            && arguments.get(1) instanceof Value.Range r
            && r.min() == r.max()
            && r.min() > 0
        ? divideUp(arguments.subList(0, 1), r.min())
        : Sizes.upTo(UNBOUNDED);
  }

  private static Value divideUp(List<Value> arguments, long by) {
    return map(arguments, n -> n / by + (n % by == 0 ? 0 : 1));
  }

  private static Value bit(List<Value> arguments) {
    return arguments.isEmpty()
        ? Value.UNKNOWN
        : Sizes.arithmetic("<<", Value.number(1), arguments.get(0));
  }

  private interface Growing {
    long of(long n);
  }

  /** What a function that never falls makes of a number. */
  private static Value map(List<Value> arguments, Growing function) {
    if (arguments.isEmpty()) {
      return Value.UNKNOWN;
    }
    Value.Range r = (Value.Range) notNegative(arguments.get(0));
    return new Value.Range(
        function.of(r.min()), r.max() == UNBOUNDED ? UNBOUNDED : function.of(r.max()));
  }

  private static long powerAbove(long n) {
    return n <= 1 ? 1 : n > 1L << 61 ? UNBOUNDED : Long.highestOneBit(n - 1) << 1;
  }

  private static long log2(long n) {
    return n <= 1 ? 0 : 63 - Long.numberOfLeadingZeros(n);
  }

  private static long order(long bytes) {
    long page = ((Value.Range) Sizes.fixed("PAGE_SIZE")).min();
    return bytes <= page ? 0 : log2(bytes - 1) - log2(page) + 1;
  }
}
