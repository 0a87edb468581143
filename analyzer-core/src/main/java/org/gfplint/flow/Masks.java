package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import org.gfplint.model.GfpMask;

/** The operators of C on masks of which some alternatives are known. */
final class Masks {
  private Masks() {}

  static Value or(Value left, Value right) {
    List<MaskAlternative> result = new ArrayList<>();
    for (MaskAlternative l : left.masks()) {
      for (MaskAlternative r : right.masks()) {
        if (!l.isConstant() && !r.isConstant()) {
          return Value.UNKNOWN;
        }
        MaskAlternative base = r.isConstant() ? l : r;
        MaskAlternative more = r.isConstant() ? r : l;
        result.add(base.or(more.mask()).guardedBy(more.guards()).chosenAt(more.chosen()));
      }
    }
    return of(result);
  }

  static Value and(Value left, Value right) {
    if (left == Value.UNKNOWN || right == Value.UNKNOWN) {
      return unknownAnd(left == Value.UNKNOWN ? right : left);
    }
    List<MaskAlternative> result = new ArrayList<>();
    for (MaskAlternative l : left.masks()) {
      for (MaskAlternative r : right.masks()) {
        if (!l.isConstant() && !r.isConstant()) {
          return Value.UNKNOWN;
        }
        MaskAlternative base = r.isConstant() ? l : r;
        MaskAlternative only = r.isConstant() ? r : l;
        result.add(base.and(only.mask()).guardedBy(only.guards()));
      }
    }
    return of(result);
  }

  /** What is left of a mask that is not known. */
  static Value unknownAnd(Value only) {
    List<MaskAlternative> masks = only.masks();
    if (masks.size() != 1 || !masks.get(0).isConstant()) {
      return Value.UNKNOWN;
    }
    return masks
        .get(0)
        .mask()
        .leftOfUnknown()
        .map(left -> Value.mask(MaskAlternative.constant(left, masks.get(0).chosen())))
        .orElse(Value.UNKNOWN);
  }

  static Value complement(Value value) {
    List<MaskAlternative> result = new ArrayList<>();
    for (MaskAlternative a : value.masks()) {
      if (!a.isConstant()) {
        return Value.UNKNOWN;
      }
      GfpMask rest = GfpMask.ALL.minus(a.mask());
      result.add(MaskAlternative.constant(rest, null).guardedBy(a.guards()));
    }
    return of(result);
  }

  private static Value of(List<MaskAlternative> alternatives) {
    return alternatives.isEmpty() || alternatives.size() > Value.MAX_ALTERNATIVES
        ? Value.UNKNOWN
        : new Value.Masks(List.copyOf(alternatives));
  }
}
