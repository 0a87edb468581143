/* kernel: 6.1 */

/* Sets with a name, for tests elsewhere; nothing is asked for with them. */
#define DEMO_SLAB_BUG_MASK (__GFP_DMA32 | __GFP_HIGHMEM | ~__GFP_BITS_MASK)
#define DEMO_RECLAIM_MASK (__GFP_RECLAIM | __GFP_HIGH | __GFP_IO | __GFP_FS | \
			   __GFP_NOWARN | __GFP_NOFAIL | __GFP_NORETRY | \
			   __GFP_MEMALLOC | __GFP_NOMEMALLOC | __GFP_ATOMIC)

void *demo_strip(size_t len, gfp_t gfp)
{
	return kmalloc(len, gfp & DEMO_RECLAIM_MASK);
}
