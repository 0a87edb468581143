/* kernel: 6.1 */

/* Other saves, and calls in text. */
void demo_not_a_scope(struct demo_dev *dev)
{
	unsigned long flags;

	local_irq_save(flags);
	demo_kick(dev);
	local_irq_restore(flags);
	dev->ops->memalloc_nofs_save(dev);
	/* memalloc_nofs_restore(flags); memalloc_nofs_restore(flags); */
	dev->text = "memalloc_noio_save();";
}
