/* kernel: 6.1 */

/* Sets of flags that are tested or taken away are no requests. */
#define DEMO_ZONE_FLAGS (__GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM)

struct page *demo_filter(gfp_t gfp, unsigned int order)
{
	if (gfp & (__GFP_DMA | __GFP_DMA32))
		return NULL;
	if (!(gfp & (__GFP_NORETRY | __GFP_NOFAIL)))
		gfp |= __GFP_RETRY_MAYFAIL;
	gfp &= ~(__GFP_HIGHMEM | __GFP_DMA32 | __GFP_DMA);
	gfp &= ~DEMO_ZONE_FLAGS;
	return alloc_pages(gfp & ~(__GFP_MEMALLOC | __GFP_NOMEMALLOC), order);
}

bool demo_has_both(gfp_t gfp)
{
	return (gfp & (GFP_NOFS | __GFP_FS)) == GFP_KERNEL;
}
