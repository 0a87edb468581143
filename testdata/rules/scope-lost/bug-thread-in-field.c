/* kernel: 6.12 */

/* The thread is kept in an object; one helper starts it, another stops it. */
static int demo_gc_thread(void *data)
{
	struct demo_fs *fs = data;

	while (!kthread_should_stop()) {
		struct demo_list *list = kmalloc(sizeof(*list), GFP_KERNEL);

		demo_gc(fs, list);
		kfree(list);
	}
	return 0;
}

static int demo_gc_start(struct demo_fs *fs)
{
	fs->gc_task = kthread_run(demo_gc_thread, fs, "demo-gc"); /* expect: scope-implicit */
	return PTR_ERR_OR_ZERO(fs->gc_task);
}

static void demo_gc_stop(struct demo_fs *fs)
{
	kthread_stop(fs->gc_task);
	fs->gc_task = NULL;
}

int demo_check_all(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int err = demo_gc_start(fs); /* expect: scope-lost */

	if (!err)
		demo_gc_stop(fs);
	memalloc_nofs_restore(nofs);
	return err;
}
