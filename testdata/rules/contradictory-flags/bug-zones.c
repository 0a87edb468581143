/* kernel: 5.0 */

struct page *demo_two_zones(void)
{
	return alloc_page(GFP_KERNEL | __GFP_DMA | __GFP_DMA32); /* expect: contradictory-flags */
}

struct page *demo_low_and_high(void)
{
	return alloc_pages(GFP_HIGHUSER | GFP_DMA32, 1); /* expect: contradictory-flags */
}

struct page *demo_mobility(void)
{
	return alloc_page(GFP_USER | __GFP_MOVABLE | __GFP_RECLAIMABLE); /* expect: contradictory-flags */
}
