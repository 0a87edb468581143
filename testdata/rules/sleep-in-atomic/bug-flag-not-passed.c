/* kernel: 6.12 */

/* A flag that is not among those that are passed: likely not set, but names do not tell for sure. */
static void demo_write(struct demo_log *log, int flag)
{
	if (flag & DEMO_SYNC)
		log->bio = bio_alloc(log->bdev, 1, REQ_OP_WRITE, GFP_NOFS); /* expect: sleep-in-atomic (medium) */
	demo_queue(log);
}

void demo_next_page(struct demo_log *log)
{
	spin_lock(&log->lock);
	demo_write(log, DEMO_WRITE | DEMO_RELEASE);
	spin_unlock(&log->lock);
}

static void demo_write_other(struct demo_log *log, int flag)
{
	if (flag & DEMO_SYNC)
		log->bio = bio_alloc(log->bdev, 1, REQ_OP_WRITE, GFP_NOFS); /* expect: sleep-in-atomic (high) */
	demo_queue(log);
}

void demo_sync_page(struct demo_log *log)
{
	spin_lock(&log->lock);
	demo_write_other(log, DEMO_WRITE | DEMO_SYNC);
	spin_unlock(&log->lock);
}
