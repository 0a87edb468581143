package org.gfplint.model;

import java.util.List;
import java.util.Map;

/**
 * Flags of one mask that cancel or contradict each other.
 *
 * @param kind what is wrong with them
 * @param why one sentence for a kernel maintainer
 * @param facts what it rests on
 * @param plainly what to write instead of operands to say what the kernel makes of the mask: their
 *     names, each with its replacement or "" to leave it out; empty if that needs thought
 */
public record Contradiction(Kind kind, String why, List<Fact> facts, Map<String, String> plainly) {
  public Contradiction {
    facts = List.copyOf(facts);
    plainly = Map.copyOf(plainly);
  }

  /** A contradiction that only its author can resolve. */
  Contradiction(Kind kind, String why, List<Fact> facts) {
    this(kind, why, facts, Map.of());
  }

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
