/* kernel: 5.10 */

/* Many pages if they are there, else one that must come. */
struct page *demo_fill(struct demo_pool *pool)
{
	struct page *page;

	page = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, 4);
	if (page) {
		pool->order = 4;
		return page;
	}
	pool->order = 0;
	return alloc_pages(GFP_KERNEL | __GFP_NOFAIL, 0);
}
