/* kernel: 6.1 */

void demo_low(struct demo_dev *dev)
{
	dev->page = alloc_page(GFP_KERNEL | __GFP_NOFAIL);
	dev->one = alloc_pages(GFP_NOFS | __GFP_NOFAIL, 0);
	dev->two = alloc_pages(GFP_NOFS | __GFP_NOFAIL, 1);
	dev->addr = __get_free_page(GFP_KERNEL | __GFP_NOFAIL);
}
