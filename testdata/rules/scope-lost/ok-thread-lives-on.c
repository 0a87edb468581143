/* kernel: 6.12 */

/* One thread is started inside the scope, another one stopped; and one is only woken. */
static int demo_gc_thread(void *data)
{
	struct demo_fs *fs = data;

	while (!kthread_should_stop()) {
		fs->list = kmalloc(64, GFP_KERNEL);
		demo_gc(fs);
	}
	return 0;
}

static int demo_gc_start(struct demo_fs *fs)
{
	fs->gc_task = kthread_run(demo_gc_thread, fs, "demo-gc"); /* expect: scope-implicit */
	return PTR_ERR_OR_ZERO(fs->gc_task);
}

static void demo_sync_stop(struct demo_fs *fs)
{
	kthread_stop(fs->sync_task);
}

int demo_restart(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int err = demo_gc_start(fs);

	demo_sync_stop(fs);
	memalloc_nofs_restore(nofs);
	return err;
}
