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
 * @param tree whether the analysed tree itself defines the name
 */
public record MaskUse(
    Kind kind, Expr expression, Span span, Optional<AllocatorApi> api, boolean tree) {
  /** How the mask is used. */
  public enum Kind {
    /** Operands joined by '|'. */
    COMBINED,
    /** What stands where an allocator takes its mask. */
    MASK_ARGUMENT,
    /** What stands where an allocator takes its size. */
    SIZE_ARGUMENT,
    /** A condition {@code mask & flags}. */
    TESTED,
    /** One name. */
    NAMED
  }
}
