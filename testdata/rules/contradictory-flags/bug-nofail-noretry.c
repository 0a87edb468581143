/* kernel: 4.16 */

struct page *demo_page(void)
{
	return alloc_page(GFP_NOFS | __GFP_NOFAIL | __GFP_NORETRY); /* expect: contradictory-flags */
}

void *demo_object(struct kmem_cache *cache)
{
	return kmem_cache_alloc(cache,
				GFP_KERNEL | __GFP_NORETRY | /* expect: contradictory-flags */
				__GFP_NOFAIL);
}
