/* kernel: 6.1 */

/* The worker knows what it works for and opens a scope itself. */
static void demo_discard_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, discard_work);
	unsigned int nofs = memalloc_nofs_save();
	struct demo_extent *extent;

	extent = kmalloc(sizeof(*extent), GFP_KERNEL); /* expect: scope-implicit */
	if (extent)
		demo_discard(fs, extent);
	kfree(extent);
	memalloc_nofs_restore(nofs);
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

	queue_work(fs->wq, &fs->discard_work);
	ret = demo_write_super(fs);
	flush_work(&fs->discard_work);
	memalloc_nofs_restore(nofs);
	return ret;
}
