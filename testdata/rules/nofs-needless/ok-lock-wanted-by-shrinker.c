/* kernel: 5.17 */

/* The driver's own shrinker takes the lock that is held at the request, if the mask has __GFP_FS. */
struct demo_dev {
	struct mutex lock;
	struct shrinker shrinker;
	struct miscdevice misc;
	void *bo;
};

static unsigned long demo_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_dev *dev = container_of(s, struct demo_dev, shrinker);
	unsigned long freed;

	if (!(sc->gfp_mask & __GFP_FS))
		return SHRINK_STOP;
	mutex_lock(&dev->lock);
	freed = demo_purge(dev, sc->nr_to_scan);
	mutex_unlock(&dev->lock);
	return freed;
}

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_dev *dev = container_of(file->private_data, struct demo_dev, misc);

	mutex_lock(&dev->lock);
	dev->bo = kzalloc(256, GFP_NOFS);
	mutex_unlock(&dev->lock);
	return dev->bo ? 0 : -ENOMEM;
}

static const struct file_operations demo_fops = {
	.unlocked_ioctl = demo_ioctl,
};

int demo_register(struct demo_dev *dev)
{
	dev->shrinker.scan_objects = demo_scan;
	dev->misc.fops = &demo_fops;
	if (register_shrinker(&dev->shrinker))
		return -ENOMEM;
	return misc_register(&dev->misc);
}
