/* kernel: 5.17 */

/* The helper is called by a work function and by a thread, and by nobody else. */
static struct demo_report *demo_new_report(struct demo_dev *dev)
{
	struct demo_report *r = kzalloc(sizeof(*r), GFP_ATOMIC); /* expect: atomic-needless */

	if (r)
		r->dev = dev;
	return r;
}

static void demo_report_work(struct work_struct *work)
{
	struct demo_dev *dev = container_of(work, struct demo_dev, report_work);

	demo_send(demo_new_report(dev));
}

static int demo_report_thread(void *data)
{
	while (!kthread_should_stop())
		demo_send(demo_new_report(data));
	return 0;
}

int demo_report_start(struct demo_dev *dev)
{
	INIT_WORK(&dev->report_work, demo_report_work);
	dev->task = kthread_run(demo_report_thread, dev, "demo-report");
	return PTR_ERR_OR_ZERO(dev->task);
}
