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

  /** As the data spells it: "direct". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
