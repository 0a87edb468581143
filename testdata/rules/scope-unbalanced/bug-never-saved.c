/* kernel: 6.1 */

/* On one way to the label the variable holds whatever was on the stack. */
int demo_prepare(struct demo_dev *dev)
{
	unsigned int noio;
	int ret = -EBUSY;

	if (dev->busy)
		goto out;
	noio = memalloc_noio_save();
	ret = demo_start(dev);
out:
	memalloc_noio_restore(noio); /* expect: scope-unbalanced */
	return ret;
}
