package org.gfplint.model;

/** Facts that decide nothing but that answers quote. The data must hold each of them. */
enum QuotedFact {
  BIO_MEMPOOL_BACKED("bio.mempool-backed"),
  DMA_MASK_DECIDES("dma.mask-decides"),
  ID_XARRAY_DROPS_LOCK("id.xarray-drops-lock"),
  MEMPOOL_FIRST_ATTEMPT("mempool.first-attempt"),
  MEMPOOL_WAITS("mempool.waits"),
  PAGE_BLOCKING_IS_DIRECT_RECLAIM("page.blocking-is-direct-reclaim"),
  PAGE_MIGRATETYPE_COMBINATION("page.migratetype-combination"),
  PAGE_NO_ALLOCATION_IN_NMI("page.no-allocation-in-nmi"),
  PAGE_NOLOCK_ANYWHERE("page.nolock-anywhere"),
  PAGE_NONBLOCKING_HIGHATOMIC("page.nonblocking-highatomic"),
  PAGE_NOFS_SPINS("page.nofs-spins"),
  PAGE_NOMEMALLOC_WINS("page.nomemalloc-wins"),
  PAGE_PLAIN_MAY_FAIL("page.plain-may-fail"),
  PAGE_REALTIME_RAW_CONTEXT("page.realtime-raw-context"),
  PAGE_SLEEP_CHECK("page.sleep-check"),
  PAGE_ZONE_COMBINATION("page.zone-combination"),
  PERCPU_NOFAIL_IGNORED("percpu.nofail-ignored"),
  SLAB_FIRST_ATTEMPT("slab.first-attempt"),
  SLAB_SECOND_ATTEMPT("slab.second-attempt"),
  SLAB_ZERO_SIZE("slab.zero-size"),
  VMALLOC_METADATA("vmalloc.metadata"),
  VMALLOC_MORE_THAN_MEMORY("vmalloc.more-than-memory"),
  WRAPPER_HANDS_MASK_ON("wrapper.hands-mask-on"),
  WRAPPER_IMPLICIT_KERNEL("wrapper.implicit-kernel");

  private final String id;

  QuotedFact(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
