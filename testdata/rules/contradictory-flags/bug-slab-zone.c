/* kernel: 5.17 */

/* The slab allocator has no such memory. */
void *demo_high(size_t len)
{
	return kmalloc(len, GFP_KERNEL | __GFP_HIGHMEM); /* expect: contradictory-flags */
}

void *demo_high_user(size_t len)
{
	return kzalloc(len, GFP_HIGHUSER | __GFP_NOWARN); /* expect: contradictory-flags */
}

void *demo_dma32(struct kmem_cache *cache)
{
	return kmem_cache_alloc(cache, GFP_KERNEL | __GFP_DMA32); /* expect: contradictory-flags */
}
