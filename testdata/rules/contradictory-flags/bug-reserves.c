/* kernel: 6.12 */

struct page *demo_reserve(void)
{
	return alloc_page(GFP_NOIO | __GFP_MEMALLOC | __GFP_NOMEMALLOC); /* expect: contradictory-flags */
}
