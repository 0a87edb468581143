/* kernel: 5.10 */

/* The work says that it is done by a completion in the object; a helper waits for that. */
static void demo_read_fn(struct work_struct *work)
{
	struct demo_read *read = container_of(work, struct demo_read, work);

	read->pages = kcalloc(read->n, sizeof(struct page *), GFP_KERNEL);
	complete_all(&read->done);
}

static void demo_read_begin(struct demo_read *read)
{
	init_completion(&read->done);
	INIT_WORK(&read->work, demo_read_fn);
	schedule_work(&read->work);
}

static int demo_read_wait(struct demo_read *read)
{
	wait_for_completion(&read->done);
	return read->pages ? 0 : -ENOMEM;
}

int demo_read_sync(struct demo_read *read)
{
	unsigned int nofs = memalloc_nofs_save();
	int err;

	demo_read_begin(read); /* expect: scope-lost */
	err = demo_read_wait(read);
	memalloc_nofs_restore(nofs);
	return err;
}
