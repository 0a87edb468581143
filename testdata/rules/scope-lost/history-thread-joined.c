/* kernel: 5.17 */

/* A thread is started to do the slow part, and joined before the scope ends. */
static int demo_scan_thread(void *data)
{
	struct demo_array *array = data;

	array->bad = kzalloc(PAGE_SIZE, GFP_KERNEL);
	while (array->bad && !kthread_should_stop())
		demo_scan_next(array);
	return 0;
}

int demo_array_check(struct demo_array *array)
{
	struct task_struct *task;
	unsigned int noio;
	int ret;

	noio = memalloc_noio_save();
	task = kthread_run(demo_scan_thread, array, "demo-scan"); /* expect: scope-implicit, scope-lost */
	if (IS_ERR(task)) {
		memalloc_noio_restore(noio);
		return PTR_ERR(task);
	}
	ret = demo_scan_own_part(array);
	kthread_stop(task);
	memalloc_noio_restore(noio);
	return ret;
}
