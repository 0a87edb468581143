package org.gfplint.flow;

/**
 * How much room a type takes, as intervals in bytes; {@link Long#MAX_VALUE} where no bound is
 * known.
 */
record Layout(long min, long max, long minAlignment, long maxAlignment) {
  static final long UNBOUNDED = Long.MAX_VALUE;

  /** Of a type that is not known. */
  static final Layout UNKNOWN = new Layout(0, UNBOUNDED, 1, UNBOUNDED);

  static final Layout POINTER = exactly(8, 8);

  static Layout exactly(long size, long alignment) {
    return new Layout(size, size, alignment, alignment);
  }

  /** One or the other. */
  Layout or(Layout other) {
    return new Layout(
        Math.min(min, other.min),
        Math.max(max, other.max),
        Math.min(minAlignment, other.minAlignment),
        Math.max(maxAlignment, other.maxAlignment));
  }

  Layout times(long least, long most) {
    return new Layout(multiply(min, least), multiply(max, most), minAlignment, maxAlignment);
  }

  Layout alignedTo(long least, long most) {
    return new Layout(min, max, Math.max(minAlignment, least), Math.max(maxAlignment, most));
  }

  Value size() {
    return new Value.Range(min, max);
  }

  static long add(long a, long b) {
    return a > UNBOUNDED - b ? UNBOUNDED : a + b;
  }

  static long multiply(long a, long b) {
    if (a == 0 || b == 0) {
      return 0;
    }
    return a > UNBOUNDED / b ? UNBOUNDED : a * b;
  }

  /** The next multiple of a power of two. */
  static long align(long value, long alignment) {
    if (value == UNBOUNDED || alignment == UNBOUNDED) {
      return value == 0 ? 0 : UNBOUNDED;
    }
    return value > UNBOUNDED - alignment ? UNBOUNDED : (value + alignment - 1) & -alignment;
  }
}
