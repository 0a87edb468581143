/* kernel: 6.1 */

/* Under the lock the functions are only registered or queued; they run later, elsewhere. */
static void demo_slow_work(struct work_struct *work)
{
	struct demo_dev *dev = container_of(work, struct demo_dev, work);

	dev->big = vmalloc(dev->len);
}

static int demo_show(struct seq_file *m, void *v)
{
	struct demo_dev *dev = m->private;

	dev->text = kstrdup("demo", GFP_KERNEL);
	return 0;
}

int demo_kick(struct demo_dev *dev)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->lock, flags);
	INIT_WORK(&dev->work, demo_slow_work);
	dev->show = demo_show;
	queue_work(dev->wq, &dev->work);
	spin_unlock_irqrestore(&dev->lock, flags);
	return 0;
}
