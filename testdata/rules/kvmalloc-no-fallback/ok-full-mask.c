/* kernel: 5.10 */

int demo_full(struct demo_dev *dev, size_t n)
{
	dev->a = kvmalloc(n, GFP_KERNEL | __GFP_NOWARN);
	dev->b = kvzalloc(n, GFP_KERNEL_ACCOUNT);
	dev->c = kvmalloc_array(n, 16, GFP_USER | __GFP_ZERO);
	dev->d = kvmalloc(n, GFP_KERNEL | __GFP_RETRY_MAYFAIL);
	return 0;
}
