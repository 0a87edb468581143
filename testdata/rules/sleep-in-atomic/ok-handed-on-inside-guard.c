/* kernel: 6.12 */

/* What a function gives away is not freed at the end of its block, and kfree() never sleeps. */
u32 *demo_new_table(struct demo_dev *dev, size_t len)
{
	guard(spinlock)(&dev->lock);
	u32 *table __free(kvfree) = dev->table;
	char *name __free(kfree) = dev->name;

	dev->table = NULL;
	dev->name = NULL;
	return no_free_ptr(table);
}

void demo_drop_table(struct demo_dev *dev)
{
	kvfree(dev->table);
	dev->table = kvcalloc(dev->len, sizeof(u32), GFP_KERNEL);
}
