/* kernel: 6.12 */

/* Large on one way, small on the other. */
struct page *demo_branches(struct demo_pool *pool, bool large)
{
	unsigned int order = large ? 4 : 0;

	if (pool->single)
		return alloc_pages(GFP_NOFS | __GFP_NOFAIL, 0);
	return alloc_pages(GFP_NOFS | __GFP_NOFAIL, order); /* expect: nofail-order */
}
