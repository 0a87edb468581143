/* kernel: 6.1 */

/* The worker is another task: nothing tells its allocation that this one must not enter the filesystem. */
static void demo_discard_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, discard_work);
	struct demo_extent *extent;

	extent = kmalloc(sizeof(*extent), GFP_KERNEL);
	if (!extent)
		return;
	demo_discard(fs, extent);
	kfree(extent);
}

int demo_fs_init(struct demo_fs *fs)
{
	INIT_WORK(&fs->discard_work, demo_discard_work);
	return 0;
}

int demo_commit(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret;

	queue_work(fs->wq, &fs->discard_work); /* expect: scope-lost */
	ret = demo_write_super(fs);
	flush_work(&fs->discard_work);
	memalloc_nofs_restore(nofs);
	return ret;
}
