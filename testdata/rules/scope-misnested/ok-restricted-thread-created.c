/* kernel: 5.0 */

static int demo_reclaimer(void *data)
{
	memalloc_noreclaim_save();
	for (;;) {
		if (kthread_should_stop())
			break;
		demo_reclaim(data);
	}
	return 0;
}

int demo_reclaimer_start(struct demo_dev *dev)
{
	dev->task = kthread_create(demo_reclaimer, dev, "demo_reclaim");
	if (IS_ERR(dev->task))
		return PTR_ERR(dev->task);
	wake_up_process(dev->task);
	return 0;
}
