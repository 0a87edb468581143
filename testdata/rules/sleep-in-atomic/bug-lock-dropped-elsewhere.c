/* kernel: 6.12 */

/* One branch knows that the lock must be dropped for this; the other may be for callers without it. */
static void demo_submit(struct demo_buffer *buffer)
{
	struct bio *bio = bio_alloc(buffer->bdev, 1, REQ_OP_WRITE, GFP_NOFS); /* expect: sleep-in-atomic (medium) */

	demo_fill_bio(bio, buffer);
	submit_bio(bio);
}

static void demo_write(struct demo_log *log, struct demo_buffer *buffer, int flag)
{
	if (demo_is_synchronous(log, flag)) {
		demo_submit(buffer);
	} else {
		spin_unlock(&log->lock);
		demo_submit(buffer);
		spin_lock(&log->lock);
	}
}

void demo_next_page(struct demo_log *log, struct demo_buffer *buffer)
{
	spin_lock(&log->lock);
	demo_write(log, buffer, DEMO_WRITE | DEMO_RELEASE);
	spin_unlock(&log->lock);
}
