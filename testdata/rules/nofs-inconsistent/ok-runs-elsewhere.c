/* kernel: 6.1 */

/* The function is not called here: it is queued, and runs later in a task of its own. */
static void demo_report_work(struct work_struct *work)
{
	struct demo_fs *fs = container_of(work, struct demo_fs, report);
	char *text = kmalloc(256, GFP_KERNEL);

	if (!text)
		return;
	demo_format(fs, text);
	kfree(text);
}

int demo_write_error(struct demo_fs *fs)
{
	fs->failed = kmalloc(sizeof(*fs->failed), GFP_NOFS);
	if (!fs->failed)
		return -ENOMEM;
	INIT_WORK(&fs->report, demo_report_work);
	schedule_work(&fs->report);
	return 0;
}
