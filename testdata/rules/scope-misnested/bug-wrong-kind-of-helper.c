/* kernel: 6.1 */

/* What the helper returns is the cookie of a NOIO scope. */
static unsigned int demo_quiesce(struct demo_dev *dev)
{
	demo_drain(dev);
	return memalloc_noio_save();
}

int demo_swap_table(struct demo_dev *dev, struct demo_table *t)
{
	unsigned int flags = demo_quiesce(dev);
	int ret = demo_bind_table(dev, t);

	memalloc_nofs_restore(flags); /* expect: scope-misnested */
	demo_resume_queue(dev);
	return ret;
}
