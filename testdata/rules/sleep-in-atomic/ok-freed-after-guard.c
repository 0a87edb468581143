/* kernel: 6.12 */

/* Cleanups run in reverse order: what is declared before the guard is freed after the unlock. */
int demo_copy_table(struct demo_dev *dev, size_t len)
{
	u32 *fresh __free(kvfree) = kvcalloc(len, sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	guard(spinlock)(&dev->lock);
	if (len > dev->max)
		return -E2BIG;
	memcpy(dev->regs, fresh, len * sizeof(*fresh));
	return 0;
}
