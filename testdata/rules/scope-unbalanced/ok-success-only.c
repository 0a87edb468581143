/* kernel: 6.1 */

/* On failure the helper has closed the scope itself; the caller's plain return is right. */
static int demo_enter(struct demo_dev *dev, unsigned int *noio)
{
	*noio = memalloc_noio_save();
	if (mutex_lock_interruptible(&dev->reconfig_mutex)) {
		memalloc_noio_restore(*noio);
		return -EINTR;
	}
	return 0;
}

static void demo_leave(struct demo_dev *dev, unsigned int noio)
{
	mutex_unlock(&dev->reconfig_mutex);
	memalloc_noio_restore(noio);
}

int demo_set_level(struct demo_dev *dev, int level)
{
	unsigned int noio;
	int err;

	err = demo_enter(dev, &noio);
	if (err)
		return err;
	dev->level = level;
	err = demo_reshape(dev);
	demo_leave(dev, noio);
	return err;
}
