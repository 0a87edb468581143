/* kernel: 6.1 */

/* Queued and forgotten: the worker's reclaim holds nobody up. */
static void demo_stat_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, stat_work);

	fs->stat = kmalloc(sizeof(*fs->stat), GFP_KERNEL);
	if (fs->stat)
		demo_collect(fs);
}

void demo_fs_setup(struct demo_fs *fs)
{
	INIT_WORK(&fs->stat_work, demo_stat_work);
}

int demo_commit(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_write_super(fs);

	queue_work(fs->wq, &fs->stat_work);
	memalloc_nofs_restore(nofs);
	return ret;
}

void demo_fs_stop(struct demo_fs *fs)
{
	cancel_work_sync(&fs->stat_work);
}
