/* kernel: 6.1 */

/* A long-term pin takes movable memory away. */
struct page *demo_pin(struct demo_dev *dev)
{
	unsigned int flags = memalloc_pin_save();
	struct page *page;

	page = alloc_page(GFP_HIGHUSER_MOVABLE); /* expect: scope-implicit */
	memalloc_pin_restore(flags);
	return page;
}
