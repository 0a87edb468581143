/* kernel: 5.17 */

/* The only lock held is the driver's own, and nothing that reclaim enters takes it. */
struct demo_dev {
	struct mutex mutex;
	struct miscdevice misc;
	void *reply;
};

static void *demo_new_reply(struct demo_dev *dev, size_t len)
{
	return kzalloc(len, GFP_NOFS); /* expect: nofs-needless */
}

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_dev *dev = container_of(file->private_data, struct demo_dev, misc);

	mutex_lock(&dev->mutex);
	kfree(dev->reply);
	dev->reply = demo_new_reply(dev, cmd & 0xff);
	mutex_unlock(&dev->mutex);
	return dev->reply ? 0 : -ENOMEM;
}

static const struct file_operations demo_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = demo_ioctl,
};

int demo_register(struct demo_dev *dev)
{
	mutex_init(&dev->mutex);
	dev->misc.fops = &demo_fops;
	return misc_register(&dev->misc);
}
