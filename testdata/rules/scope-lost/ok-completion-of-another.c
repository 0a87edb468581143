/* kernel: 5.10 */

/* The worker signals one completion, the scope waits for another. */
static void demo_read_fn(struct work_struct *work)
{
	struct demo_read *read = container_of(work, struct demo_read, work);

	read->pages = kcalloc(read->n, sizeof(struct page *), GFP_KERNEL);
	complete(&read->done);
}

static void demo_read_begin(struct demo_read *read)
{
	INIT_WORK(&read->work, demo_read_fn);
	schedule_work(&read->work);
}

static void demo_log_wait(struct demo_read *read)
{
	wait_for_completion(&read->logged);
}

void demo_read_async(struct demo_read *read)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_read_begin(read);
	demo_log_wait(read);
	memalloc_nofs_restore(nofs);
}
