/* kernel: 5.17 */

/* The thread never leaves the scope it opens first, so its helper is always inside. */
static int demo_commit_one(struct demo_journal *journal)
{
	struct demo_buf *buf = kzalloc(sizeof(*buf), GFP_NOFS); /* expect: scope-redundant */

	if (!buf)
		return -ENOMEM;
	return demo_write_buf(journal, buf);
}

static int demo_journald(void *arg)
{
	struct demo_journal *journal = arg;

	memalloc_nofs_save();
	while (!kthread_should_stop()) {
		if (demo_commit_one(journal))
			demo_abort(journal);
		demo_sleep(journal);
	}
	return 0;
}

int demo_journal_start_thread(struct demo_journal *journal)
{
	journal->task = kthread_run(demo_journald, journal, "demo-journal");
	return PTR_ERR_OR_ZERO(journal->task);
}
