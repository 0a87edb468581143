/* kernel: 6.1 */

/* Properties that are added to a composite. */
int demo_additions(struct demo_dev *dev, size_t n)
{
	dev->a = kmalloc(n, GFP_NOFS | __GFP_NOWARN | __GFP_ZERO);
	dev->b = kmalloc(n, GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN);
	dev->c = kmalloc(n, GFP_KERNEL | __GFP_ACCOUNT);
	dev->d = alloc_page(GFP_NOIO | __GFP_NOMEMALLOC | __GFP_HIGHMEM);
	dev->e = alloc_pages(GFP_KERNEL | __GFP_COMP | __GFP_RETRY_MAYFAIL, 4);
	dev->f = alloc_page(GFP_NOFS | __GFP_NOFAIL);
	return 0;
}
