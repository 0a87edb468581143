package org.gfplint.model;

import java.util.Optional;

/**
 * One operand of a '|' expression, as written.
 *
 * @param name "GFP_KERNEL" or "__GFP_NOFAIL"; empty for a variable or any other expression
 */
public record MaskTerm(Optional<String> name) {
  /** An operand whose value is not known by name. */
  public static final MaskTerm UNNAMED = new MaskTerm(Optional.empty());

  public static MaskTerm named(String name) {
    return new MaskTerm(Optional.of(name));
  }
}
