/* kernel: 5.17 */

/* The whole thread runs restricted by design and never goes back. */
static int demo_journal_thread(void *arg)
{
	struct demo_journal *journal = arg;

	/*
	 * All the thread does is commit, so that no allocation of it may
	 * enter the filesystem.
	 */
	memalloc_nofs_save();
	while (!kthread_should_stop())
		demo_commit(journal);
	return 0;
}

int demo_journal_start(struct demo_journal *journal)
{
	struct task_struct *t;

	t = kthread_run(demo_journal_thread, journal, "demo/%s", journal->name);
	return PTR_ERR_OR_ZERO(t);
}
