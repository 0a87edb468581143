/* kernel: 6.1 */

/* Both in helpers, one of them two calls down, and the work item handed to them. */
static void demo_scan_fn(struct work_struct *work)
{
	struct demo_scan *scan = container_of(work, struct demo_scan, work);

	scan->result = kzalloc(sizeof(*scan->result), GFP_KERNEL);
}

static void demo_queue(struct demo_scan *scan, struct work_struct *work)
{
	queue_work_on(scan->cpu, scan->wq, work);
}

static void demo_start(struct demo_scan *scan)
{
	INIT_WORK(&scan->work, demo_scan_fn);
	demo_queue(scan, &scan->work);
}

static void demo_finish(struct demo_scan *scan)
{
	if (scan->busy)
		flush_work(&scan->work);
}

int demo_check(struct demo_scan *scan)
{
	unsigned int noio = memalloc_noio_save();

	demo_start(scan); /* expect: scope-lost */
	demo_finish(scan);
	memalloc_noio_restore(noio);
	return scan->result ? 0 : -ENOMEM;
}
