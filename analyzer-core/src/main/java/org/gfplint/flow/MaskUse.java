package org.gfplint.flow;

import java.util.Optional;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.model.AllocatorApi;

/**
 * A mask as it is written, before it is evaluated.
 *
 * @param expression the mask, or what stands in its place
 * @param api the allocator it is handed to directly, if it is
 * @param mask whether it is made of names of masks and variables of type gfp_t alone
 * @param tree whether the analysed tree itself defines the name
 */
public record MaskUse(
    Kind kind, Expr expression, Span span, Optional<AllocatorApi> api, boolean mask, boolean tree) {
  /** How the mask is used. */
  public enum Kind {
    /** Operands joined by '|'. */
    COMBINED,
    /** What an allocator gets as its mask, or what is assigned to a variable of type gfp_t. */
    MASK_VALUE,
    /** What stands where an allocator takes its size. */
    SIZE_ARGUMENT,
    /** A condition {@code mask & flags}. */
    TESTED,
    /** One name. */
    NAMED
  }
}
