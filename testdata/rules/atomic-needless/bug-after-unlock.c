/* kernel: 6.12 */

/* The request once stood inside the section; it was moved out and kept its mask. A mutex may sleep. */
static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_dev *dev = file->private_data;
	struct demo_cmd *c;
	int busy;

	spin_lock_irq(&dev->lock);
	busy = dev->busy;
	dev->note = kmalloc(16, GFP_ATOMIC);
	spin_unlock_irq(&dev->lock);
	if (busy)
		return -EBUSY;
	mutex_lock(&dev->mutex);
	c = kzalloc(sizeof(*c), GFP_ATOMIC); /* expect: atomic-needless */
	if (c)
		demo_run(dev, c);
	mutex_unlock(&dev->mutex);
	kfree(c);
	return c ? 0 : -ENOMEM;
}

static const struct file_operations demo_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = demo_ioctl,
};

int demo_register(struct demo_dev *dev)
{
	dev->misc.fops = &demo_fops;
	return misc_register(&dev->misc);
}
