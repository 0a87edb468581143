package org.gfplint.model;

/**
 * A __GFP_* flag of any kernel version the model knows. The order is the model's own and has
 * nothing to do with kernel bit values, which differ between versions.
 */
public enum GfpFlag {
  DMA,
  HIGHMEM,
  DMA32,
  MOVABLE,
  RECLAIMABLE,
  HIGH,
  IO,
  FS,
  COLD,
  NOTRACK,
  NOWARN,
  REPEAT,
  RETRY_MAYFAIL,
  NOFAIL,
  NORETRY,
  MEMALLOC,
  COMP,
  ZERO,
  NOMEMALLOC,
  HARDWALL,
  THISNODE,
  ATOMIC,
  ACCOUNT,
  DIRECT_RECLAIM,
  KSWAPD_RECLAIM,
  WRITE,
  NOLOCKDEP,
  ZEROTAGS,
  SKIP_KASAN_POISON,
  SKIP_KASAN_UNPOISON,
  SKIP_KASAN,
  SKIP_ZERO,
  NO_OBJ_EXT;

  private final String spelling = "__GFP_" + name();

  /** As the kernel spells it: "__GFP_IO". */
  public String spelling() {
    return spelling;
  }
}
