package org.gfplint.flow;

import java.util.EnumSet;
import java.util.Set;

/** What a call can return, as far as its caller asks: the kernel's functions tell by the sign. */
enum Sign {
  ZERO,
  /** An error, or a pointer that carries one. */
  NEGATIVE,
  POSITIVE;

  static final Set<Sign> ANY = Set.of(ZERO, NEGATIVE, POSITIVE);
  static final Set<Sign> NOT_ZERO = Set.of(NEGATIVE, POSITIVE);
  static final Set<Sign> NOT_NEGATIVE = Set.of(ZERO, POSITIVE);

  /** A value with one of these signs. */
  static Value value(Set<Sign> signs) {
    return signs.equals(Set.of(ZERO)) ? Value.number(0) : new Value.Signs(Set.copyOf(signs));
  }

  /** What a value can be. */
  static Set<Sign> of(Value value) {
    if (value instanceof Value.Signs s) {
      return s.signs();
    }
    if (value instanceof Value.Range r) {
      Set<Sign> signs = EnumSet.noneOf(Sign.class);
      if (r.min() < 0) {
        signs.add(NEGATIVE);
      }
      if (r.min() <= 0 && r.max() >= 0) {
        signs.add(ZERO);
      }
      if (r.max() > 0) {
        signs.add(POSITIVE);
      }
      return signs;
    }
    return ANY;
  }
}
