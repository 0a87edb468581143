/* kernel: 6.1 */

/* memalloc_nofs_save() in a comment, other functions, and a pointer to one. */
unsigned int demo_not_a_scope(struct demo_dev *dev)
{
	unsigned int flags = dev->ops->memalloc_nofs_save(dev);

	if (dev->busy)
		return 0;
	dev->text = "flags = memalloc_noio_save();";
	flags |= demo_memalloc_nofs_save(dev);
	return flags;
}
