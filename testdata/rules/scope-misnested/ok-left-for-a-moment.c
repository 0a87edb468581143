/* kernel: 6.1 */

/* Left and entered again in a loop, into the same variable. */
int demo_moment(struct demo_dev *dev)
{
	unsigned int noio = memalloc_noio_save();
	int ret;

	while ((ret = demo_step(dev)) == -EAGAIN) {
		memalloc_noio_restore(noio);
		demo_wait(dev);
		noio = memalloc_noio_save();
	}
	memalloc_noio_restore(noio);
	return ret;
}
