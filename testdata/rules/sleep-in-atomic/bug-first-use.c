/* kernel: 6.12 */

/*
 * What is kept is requested only while it is not there. Who comes first may have been allowed to sleep, as probe is
 * here, so it is less sure that the lock is held when it happens.
 */
static void *demo_stats(struct demo_dev *dev)
{
	if (!dev->stats)
		dev->stats = kzalloc(sizeof(*dev->stats), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	return dev->stats;
}

int demo_probe(struct demo_dev *dev)
{
	return demo_stats(dev) ? 0 : -ENOMEM;
}

void demo_show(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	demo_copy(dev, demo_stats(dev));
	spin_unlock(&dev->lock);
}

/* Only ever called with the lock held. */
static void *demo_spare(struct demo_dev *dev)
{
	if (!dev->spare)
		dev->spare = kzalloc(dev->size, GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	return dev->spare;
}

void demo_use_spare(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	demo_copy(dev, demo_spare(dev));
	spin_unlock(&dev->lock);
}
