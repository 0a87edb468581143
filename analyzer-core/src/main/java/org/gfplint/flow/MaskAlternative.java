package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import org.gfplint.facts.Span;
import org.gfplint.model.GfpMask;

/**
 * One mask that an expression can have: {@code (parameter & keep) | add}.
 *
 * @param parameter 0-based, or {@link #CONSTANT}
 * @param keep flags of the parameter that come through; empty for a constant
 * @param add flags that are there in any case
 * @param guards what must hold of the parameters for this one to be it
 * @param chosen where the mask is written, or null
 */
public record MaskAlternative(
    int parameter, GfpMask keep, GfpMask add, List<Guard> guards, Span chosen) {
  static final int CONSTANT = -1;

  static MaskAlternative constant(GfpMask mask, Span chosen) {
    return new MaskAlternative(CONSTANT, GfpMask.NONE, mask, List.of(), chosen);
  }

  static MaskAlternative parameter(int parameter) {
    return new MaskAlternative(parameter, GfpMask.ALL, GfpMask.NONE, List.of(), null);
  }

  public boolean isConstant() {
    return parameter == CONSTANT;
  }

  /** The mask of a constant. */
  public GfpMask mask() {
    return add;
  }

  MaskAlternative or(GfpMask more) {
    return new MaskAlternative(parameter, keep, add.or(more), guards, chosen);
  }

  MaskAlternative and(GfpMask only) {
    return new MaskAlternative(parameter, keep.and(only), add.and(only), guards, chosen);
  }

  MaskAlternative guardedBy(List<Guard> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Guard> all = new ArrayList<>(guards);
    more.stream().filter(g -> !all.contains(g)).forEach(all::add);
    return new MaskAlternative(parameter, keep, add, List.copyOf(all), chosen);
  }

  MaskAlternative chosenAt(Span span) {
    return chosen == null && span != null
        ? new MaskAlternative(parameter, keep, add, guards, span)
        : this;
  }

  /** What it becomes where the parameter is {@code argument}. */
  MaskAlternative applied(MaskAlternative argument) {
    return new MaskAlternative(
        argument.parameter,
        argument.keep.and(keep),
        argument.add.and(keep).or(add),
        argument.guards,
        argument.chosen);
  }
}
