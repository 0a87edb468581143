/* kernel: 6.1 */

/* Whoever drains or destroys the queue waits for all that is on it. */
static void demo_end_fn(struct work_struct *work)
{
	struct demo_io *io = container_of(work, struct demo_io, work);

	io->report = kstrdup(io->name, GFP_KERNEL);
}

void demo_io_init(struct demo_io *io)
{
	INIT_WORK(&io->work, demo_end_fn);
}

void demo_teardown(struct demo_fs *fs, struct demo_io *io)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->end_wq, &io->work); /* expect: scope-lost */
	destroy_workqueue(fs->end_wq);
	memalloc_nofs_restore(nofs);
}

static void demo_stop(struct demo_fs *fs)
{
	drain_workqueue(fs->end_wq);
}

void demo_freeze(struct demo_fs *fs, struct demo_io *io)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->end_wq, &io->work); /* expect: scope-lost */
	demo_stop(fs);
	memalloc_nofs_restore(nofs);
}

void demo_flush(struct demo_fs *fs, struct demo_io *io)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->other_wq, &io->work);
	flush_workqueue(fs->end_wq);
	memalloc_nofs_restore(nofs);
}
