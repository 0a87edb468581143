/* kernel: 5.17 */

/* Saying it twice changes nothing. */
int demo_redundant(struct demo_dev *dev, size_t n)
{
	dev->a = kmalloc(n, GFP_KERNEL | __GFP_IO | __GFP_FS);
	dev->b = kmalloc(n, GFP_NOFS | __GFP_IO);
	dev->c = kmalloc(n, GFP_KERNEL | __GFP_RECLAIM);
	dev->d = alloc_page(GFP_HIGHUSER | __GFP_HIGHMEM);
	return 0;
}
