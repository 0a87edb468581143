package org.gfplint.model;

import java.util.Locale;

/** Which requests for memory may run a function on the way, because they reclaim. */
public enum ReclaimKind {
  /** None does. */
  NONE,
  /** Any that may reclaim directly, even with GFP_NOIO. */
  DIRECT,
  /** Those with __GFP_IO too. */
  IO,
  /** Those with __GFP_FS too. */
  FS;

  /** The farthest that all of these flags together tell a mask to allow. */
  static ReclaimKind allowedBy(GfpMask flags) {
    if (flags.has(GfpFlag.FS)) {
      return FS;
    }
    return flags.has(GfpFlag.IO) ? IO : flags.has(GfpFlag.DIRECT_RECLAIM) ? DIRECT : NONE;
  }

  /** The one that fewer requests reach. */
  public ReclaimKind narrower(ReclaimKind other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As the data spells it: "direct". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
