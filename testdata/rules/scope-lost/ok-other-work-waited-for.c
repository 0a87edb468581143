/* kernel: 6.12 */

/* Two works: the one that is waited for allocates nothing, the other is not waited for. */
static void demo_tick_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, tick);

	fs->generation++;
	wake_up(&fs->wait);
}

static void demo_stat_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, stat);

	fs->sample = kmalloc(sizeof(*fs->sample), GFP_KERNEL);
	if (fs->sample)
		demo_collect(fs);
}

void demo_fs_setup(struct demo_fs *fs)
{
	INIT_WORK(&fs->tick, demo_tick_work);
	INIT_WORK(&fs->stat, demo_stat_work);
}

void demo_commit(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->wq, &fs->tick);
	queue_work(fs->wq, &fs->stat);
	flush_work(&fs->tick);
	memalloc_nofs_restore(nofs);
}
