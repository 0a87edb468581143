/* kernel: 6.12 */

/* Started inside the scope, but a helper closes it before anybody waits. */
struct demo_dev {
	struct work_struct work;
	unsigned int noio;
	void *spare;
};

static void demo_refill(struct work_struct *work)
{
	struct demo_dev *dev = container_of(work, struct demo_dev, work);

	dev->spare = kmalloc(64, GFP_KERNEL);
}

static void demo_resume(struct demo_dev *dev)
{
	memalloc_noio_restore(dev->noio);
}

void demo_reset(struct demo_dev *dev)
{
	INIT_WORK(&dev->work, demo_refill);
	dev->noio = memalloc_noio_save();
	schedule_work(&dev->work);
	demo_resume(dev);
	flush_work(&dev->work);
}
