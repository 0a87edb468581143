package org.gfplint.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function that allocates, as one kernel version has it.
 *
 * @param name public spelling, without _noprof
 * @param family "slab", "kmem_cache", "page", "kvmalloc", "vmalloc", "mempool", "percpu", "dma",
 *     "id" (idr, xarray, radix tree, maple tree), "skb", "bio", "wrapper"
 * @param maskArgument 0-based position of the mask; empty if the mask is implicit, or kept in an
 *     object
 * @param maskOptional true if that argument may be absent, which means {@link #implicitMask}
 * @param implicitMask mask expression used when no mask is given; empty if one must be given, or is
 *     kept in an object
 * @param size where the size comes from
 * @param addedMask flags the API adds to the mask it is given
 * @param sleepsAlways true if it sleeps whatever the mask says
 * @param dropsLock true if it releases the caller's lock before it blocks, as __xa_store does
 * @param anyContext true if it may be called even where nothing else may allocate, as in NMI
 */
public record AllocatorApi(
    String name,
    String family,
    OptionalInt maskArgument,
    boolean maskOptional,
    Optional<String> implicitMask,
    SizeSource size,
    GfpMask addedMask,
    boolean sleepsAlways,
    boolean dropsLock,
    boolean anyContext) {
  /** The families that a request can be followed through. */
  static final List<String> FAMILIES =
      List.of(
          "page",
          "slab",
          "kmem_cache",
          "kvmalloc",
          "vmalloc",
          "mempool",
          "percpu",
          "dma",
          "id",
          "skb",
          "bio",
          "charge",
          "wrapper");
}
