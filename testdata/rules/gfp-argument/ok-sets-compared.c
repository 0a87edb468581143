/* kernel: 5.17 */
#define DEMO_BLOCKING (__GFP_IO | __GFP_FS)

/* Zone numbers, sets of several named bits, and masks of masks. */
int demo_sets(gfp_t gfp, struct demo_pool *pool)
{
	if ((gfp & DEMO_BLOCKING) == DEMO_BLOCKING)
		return 1;
	if (gfp & (__GFP_IO | __GFP_FS))
		return 2;
	switch (gfp & GFP_ZONEMASK) {
	case GFP_DMA:
		return 3;
	case GFP_DMA32:
		return 4;
	}
	pool->mask = (gfp & GFP_RECLAIM_MASK) | __GFP_NOWARN;
	return pool->mask == GFP_KERNEL;
}
