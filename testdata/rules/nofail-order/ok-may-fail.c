/* kernel: 6.1 */

/* Trying hard is not the same as never failing. */
int demo_try(struct demo_dev *dev, size_t n)
{
	dev->a = alloc_pages(GFP_KERNEL | __GFP_RETRY_MAYFAIL, 4);
	dev->b = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, 9);
	dev->c = kmalloc(1 << 20, GFP_KERNEL);
	dev->d = kmalloc(n * 64, GFP_KERNEL | __GFP_NOWARN);
	return 0;
}
