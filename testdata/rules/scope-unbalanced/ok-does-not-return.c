/* kernel: 6.1 */

/* Ways that end here leave nothing behind. */
int demo_root(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	if (demo_find_root(fs)) {
		memalloc_nofs_restore(nofs);
		return 0;
	}
	panic("demo: no root");
}

static int demo_worker(void *data)
{
	unsigned int noreclaim = memalloc_noreclaim_save();

	for (;;)
		demo_serve(data);
}

int demo_start(struct demo_fs *fs)
{
	fs->task = kthread_run(demo_worker, fs, "demo");
	return PTR_ERR_OR_ZERO(fs->task);
}
