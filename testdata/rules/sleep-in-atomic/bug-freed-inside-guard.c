/* kernel: 6.12 */

/* Cleanups run in reverse order: what is declared after the guard is freed while the lock is still held. */
int demo_swap_table(struct demo_dev *dev, size_t len)
{
	u32 *fresh = kvcalloc(len, sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	guard(spinlock)(&dev->lock);
	u32 *old __free(kvfree) = dev->table; /* expect: sleep-in-atomic */

	dev->table = fresh;
	dev->len = len;
	return 0;
}

void demo_drop_table(struct demo_dev *dev)
{
	vfree(dev->spare);
	dev->spare = vmalloc(dev->len);
	dev->table = dev->spare;
}
