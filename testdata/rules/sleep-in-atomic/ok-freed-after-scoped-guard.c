/* kernel: 6.12 */

/* The swapped table is freed when the function ends, long after the guarded statement. */
int demo_replace_table(struct demo_dev *dev, size_t len)
{
	u32 *fresh __free(kvfree) = kvcalloc(len, sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	scoped_guard(spinlock_irq, &dev->lock)
		swap(dev->table, fresh);
	return 0;
}
