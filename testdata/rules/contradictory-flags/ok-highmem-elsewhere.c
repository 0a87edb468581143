/* kernel: 4.16 */

/* Only the slab allocator needs an address for the page. */
int demo_high(struct demo_dev *dev, size_t n)
{
	dev->page = alloc_page(GFP_KERNEL | __GFP_HIGHMEM);
	dev->user = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
	dev->area = __vmalloc(n, GFP_KERNEL | __GFP_HIGHMEM, PAGE_KERNEL);
	return 0;
}
