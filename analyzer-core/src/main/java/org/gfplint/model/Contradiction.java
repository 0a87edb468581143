package org.gfplint.model;

import java.util.List;

/**
 * Flags of one mask that cancel or contradict each other.
 *
 * @param kind what is wrong with them
 * @param why one sentence for a kernel maintainer
 * @param facts what it rests on
 */
public record Contradiction(Kind kind, String why, List<Fact> facts) {

  /** What is wrong with the flags. */
  public enum Kind {
    /** A composite, or a flag, adds back what another composite was chosen to leave out. */
    RESTRICTION_UNDONE,
    /** Two answers to the question how hard to try. */
    RETRY_CONFLICT,
    /** More than one zone. */
    ZONE_CONFLICT,
    /** Both migrate types. */
    MOBILITY_CONFLICT,
    /** Reserves both demanded and forbidden. */
    RESERVE_CONFLICT,
    /** The non-blocking class and direct reclaim at once. */
    ATOMIC_BLOCKS,
    /** A zone that slab cannot use. */
    ZONE_NOT_FOR_SLAB
  }
}
