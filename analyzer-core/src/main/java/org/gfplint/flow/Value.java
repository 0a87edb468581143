package org.gfplint.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gfplint.facts.Span;
import org.gfplint.model.GfpMask;

/** What is known of an expression's value. */
sealed interface Value {
  /** More alternatives than this are as good as unknown. */
  int MAX_ALTERNATIVES = 8;

  Value UNKNOWN = new Unknown();

  /** Nothing is known; there is one of it. */
  final class Unknown implements Value {
    private Unknown() {}

    /** The same in each run, so that what is put in order by it is. */
    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public String toString() {
      return "Unknown";
    }
  }

  /** One of these masks. */
  record Masks(List<MaskAlternative> alternatives) implements Value {}

  /** A number in this range, both ends included. */
  record Range(long min, long max) implements Value {}

  /** What the caller passed, unchanged. */
  record Parameter(int index) implements Value {}

  /** The cookie of the scope that was opened as number {@code scope} in this function. */
  record Cookie(int scope) implements Value {}

  /** What the call returned whose effect on locks or scopes depends on it. */
  record Outcome(Span call) implements Value {}

  /** Something with one of these signs. */
  record Signs(Set<Sign> signs) implements Value {}

  /** What a field holds, which may be a cookie. */
  record Kept(String place) implements Value {}

  static Value number(long n) {
    return new Range(n, n);
  }

  static Value mask(MaskAlternative alternative) {
    return new Masks(List.of(alternative));
  }

  /** The masks a value can be, or an empty list if that is not known. */
  default List<MaskAlternative> masks() {
    if (this instanceof Masks m) {
      return m.alternatives;
    }
    if (this instanceof Parameter p) {
      return List.of(MaskAlternative.parameter(p.index));
    }
    if (this instanceof Range r && r.min == 0 && r.max == 0) {
      return List.of(MaskAlternative.constant(GfpMask.NONE, null));
    }
    return List.of();
  }

  /** The value with each of its masks changed; unknown stays unknown. */
  default Value mapMasks(UnaryOperator<MaskAlternative> change) {
    List<MaskAlternative> masks = masks();
    return masks.isEmpty() ? UNKNOWN : new Masks(masks.stream().map(change).toList());
  }

  /** The value with each of its masks changed; anything but a mask stays as it is. */
  default Value mapMasksOrKeep(UnaryOperator<MaskAlternative> change) {
    return this instanceof Masks ? mapMasks(change) : this;
  }

  /** Notes where a mask is written, if it is one and that is not known yet. */
  default Value mapChosen(Span span) {
    // Most values are no masks: nothing is made for these.
    return this instanceof Masks ? mapMasks(a -> a.chosenAt(span)) : this;
  }

  /** One value or the other. */
  static Value either(Value one, Value other) {
    if (one.equals(other)) {
      return one;
    }
    if (one instanceof Range a && other instanceof Range b) {
      return new Range(Math.min(a.min, b.min), Math.max(a.max, b.max));
    }
    List<MaskAlternative> first = one.masks();
    List<MaskAlternative> second = other.masks();
    if (first.isEmpty() || second.isEmpty()) {
      return UNKNOWN;
    }
    Set<MaskAlternative> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return all.size() > MAX_ALTERNATIVES ? UNKNOWN : new Masks(new ArrayList<>(all));
  }
}
