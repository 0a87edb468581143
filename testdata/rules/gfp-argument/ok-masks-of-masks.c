/* kernel: 6.1 */

/* Names that are sets to test against: any of the bits is the question. */
bool demo_wants_a_zone(gfp_t gfp, struct kmem_cache *cache)
{
	if ((gfp & GFP_ZONEMASK) || (cache->flags & (SLAB_CACHE_DMA | SLAB_CACHE_DMA32)))
		return true;
	return gfp & __GFP_RECLAIM ? false : true;
}
