package org.gfplint.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of {@link GfpFlag}s.
 *
 * @param bits one bit per flag, by its ordinal; never the kernel's own hexadecimal value
 */
public record GfpMask(long bits) {
  private static final GfpFlag[] FLAGS = GfpFlag.values();

  public static final GfpMask NONE = new GfpMask(0);

  /** Every flag of any version. */
  public static final GfpMask ALL = of(FLAGS);

  public static GfpMask of(GfpFlag... flags) {
    long bits = 0;
    for (GfpFlag flag : flags) {
      bits |= 1L << flag.ordinal();
    }
    return new GfpMask(bits);
  }

  public GfpMask or(GfpMask other) {
    return new GfpMask(bits | other.bits);
  }

  public GfpMask and(GfpMask other) {
    return new GfpMask(bits & other.bits);
  }

  /** The flags of this mask that the other one lacks. */
  public GfpMask minus(GfpMask other) {
    return new GfpMask(bits & ~other.bits);
  }

  public boolean has(GfpFlag flag) {
    return (bits & 1L << flag.ordinal()) != 0;
  }

  public boolean containsAll(GfpMask other) {
    return (bits & other.bits) == other.bits;
  }

  public boolean intersects(GfpMask other) {
    return (bits & other.bits) != 0;
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** By hand, as {@link #hashCode}: what a record has of its own is linked at its first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof GfpMask o && bits == o.bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  /** In the order of {@link GfpFlag}. */
  public List<GfpFlag> flags() {
    List<GfpFlag> flags = new ArrayList<>(Long.bitCount(bits));
    for (GfpFlag flag : FLAGS) {
      if (has(flag)) {
        flags.add(flag);
      }
    }
    return flags;
  }

  /** Flags by name, as in "__GFP_IO|__GFP_FS"; "0" if there are none. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    for (GfpFlag flag : flags()) {
      text.append(text.isEmpty() ? "" : "|").append(flag.spelling());
    }
    return text.toString();
  }

  /**
   * What this leaves of a mask that is not known: if all that it takes away is filesystems, or IO
   * too, the rest is that of a request that blocks. Nobody takes them out of one that does not.
   */
  public Optional<GfpMask> leftOfUnknown() {
    GfpMask intoFilesystems = of(GfpFlag.IO, GfpFlag.FS);
    boolean elseAll = ALL.minus(intoFilesystems).minus(this).isEmpty();
    GfpMask blocking = intoFilesystems.or(of(GfpFlag.DIRECT_RECLAIM, GfpFlag.KSWAPD_RECLAIM));
    return elseAll && !has(GfpFlag.FS) ? Optional.of(and(blocking)) : Optional.empty();
  }
}
