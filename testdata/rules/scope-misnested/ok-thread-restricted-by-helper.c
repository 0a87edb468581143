/* kernel: 6.1 */

/* Only whole threads call the helper; the restriction is theirs for life. */
static void demo_thread_setup(const char *name)
{
	set_freezable();
	memalloc_noreclaim_save();
	demo_name_thread(name);
}

static int demo_cleaner(void *data)
{
	struct demo_fs *fs = data;

	demo_thread_setup("cleaner");
	while (!kthread_should_stop())
		demo_clean(fs);
	return 0;
}

static int demo_flusher(void *data)
{
	struct demo_fs *fs = data;

	demo_thread_setup("flusher");
	while (!kthread_should_stop())
		demo_flush(fs);
	return 0;
}

int demo_start_threads(struct demo_fs *fs)
{
	fs->cleaner = kthread_run(demo_cleaner, fs, "demo-clean");
	if (IS_ERR(fs->cleaner))
		return PTR_ERR(fs->cleaner);
	fs->flusher = kthread_run(demo_flusher, fs, "demo-flush");
	if (IS_ERR(fs->flusher)) {
		kthread_stop(fs->cleaner);
		return PTR_ERR(fs->flusher);
	}
	return 0;
}
