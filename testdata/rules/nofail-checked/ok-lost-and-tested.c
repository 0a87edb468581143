/* kernel: 6.1 */

/* What comes back from the helper may be NULL, and both callers know it. */
static void *demo_try_alloc(size_t len, gfp_t gfp)
{
	return kmalloc(len, (gfp & ~__GFP_NOFAIL) | __GFP_NORETRY | __GFP_NOWARN);
}

int demo_log_vector(struct demo_log *log, size_t len)
{
	log->vec = demo_try_alloc(len, GFP_NOFS | __GFP_NOFAIL);
	if (!log->vec)
		return -ENOMEM;
	log->vec->len = len;
	return 0;
}

int demo_log_header(struct demo_log *log, size_t len)
{
	void *head = demo_try_alloc(len, GFP_NOFS | __GFP_NOFAIL);

	return head ? demo_write_header(log, head) : demo_write_short_header(log);
}
