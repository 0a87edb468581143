/* kernel: 6.1 */

/* Suspending an array opens, resuming closes; what lies between may be long. */
struct demo_array {
	unsigned int noio_flag;
	int suspended;
	wait_queue_head_t wait;
};

void demo_array_suspend(struct demo_array *array)
{
	if (array->suspended++)
		return;
	wait_event(array->wait, demo_idle(array));
	array->noio_flag = memalloc_noio_save();
}

void demo_array_resume(struct demo_array *array)
{
	if (--array->suspended)
		return;
	memalloc_noio_restore(array->noio_flag);
	wake_up(&array->wait);
}

int demo_array_store(struct demo_array *array, int level)
{
	int err = -EBUSY;

	demo_array_suspend(array);
	if (array->suspended > 1)
		goto out;
	err = demo_takeover(array, level);
out:
	demo_array_resume(array);
	return err;
}
