/* kernel: 6.12 */

/* The pointer that is tested holds what another call returned, in every turn of the loop. */
int demo_pick_log(struct demo_fs *fs)
{
	struct demo_log *log = kmalloc(sizeof(*log), GFP_NOFS | __GFP_NOFAIL);
	int i;

	log->fs = fs;
	demo_publish(log);
	for (i = 0; i < fs->n; i++) {
		log = demo_log_at(fs, i);
		if (!log)
			continue;
		return log->id;
	}
	return -ENOENT;
}
