/* kernel: 6.1 */

/* One helper for two work items: only the careful one is waited for. */
static void demo_log_fn(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, log_work);

	fs->log = kmalloc(64, GFP_NOFS);
}

static void demo_stat_fn(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, stat_work);

	fs->stat = kmalloc(64, GFP_KERNEL);
}

void demo_setup(struct demo_fs *fs)
{
	INIT_WORK(&fs->log_work, demo_log_fn);
	INIT_WORK(&fs->stat_work, demo_stat_fn);
}

static void demo_queue(struct demo_fs *fs, struct work_struct *work)
{
	queue_work(fs->wq, work);
}

static void demo_wait(struct work_struct *work)
{
	flush_work(work);
}

void demo_commit(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_queue(fs, &fs->log_work);
	demo_queue(fs, &fs->stat_work);
	demo_wait(&fs->log_work);
	memalloc_nofs_restore(nofs);
}
