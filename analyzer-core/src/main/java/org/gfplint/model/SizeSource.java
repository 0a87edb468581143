package org.gfplint.model;

import java.util.List;

/**
 * Where an API takes its size from.
 *
 * @param kind what the arguments mean
 * @param arguments 0-based positions; the size is their product for {@link Kind#BYTES}
 */
public record SizeSource(Kind kind, List<Integer> arguments) {

  /** What the size arguments mean. */
  public enum Kind {
    /** Bytes, the product of the arguments. */
    BYTES,
    /** A number of pages. */
    PAGES,
    /** A page order. */
    ORDER,
    /** Always one page. */
    ONE_PAGE,
    /** Fixed when the cache or pool was made. */
    CACHE,
    /** Not given by arguments, or of no interest. */
    UNKNOWN
  }

  public static final SizeSource NOT_GIVEN = new SizeSource(Kind.UNKNOWN, List.of());
}
