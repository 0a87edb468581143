/* kernel: 6.1 */

/*
 * The worker restricts its own request. Nothing is held where it runs, but
 * somebody in a NOFS scope waits for it: the mask is needed.
 */
static void demo_index_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, index_work);

	fs->index = kmalloc(fs->index_len, GFP_NOFS);
	if (fs->index)
		demo_build_index(fs);
}

void demo_fs_setup(struct demo_fs *fs)
{
	INIT_WORK(&fs->index_work, demo_index_work);
}

int demo_replay(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	queue_work(fs->wq, &fs->index_work);
	demo_replay_log(fs);
	flush_work(&fs->index_work);
	memalloc_nofs_restore(nofs);
	return fs->index ? 0 : -ENOMEM;
}
