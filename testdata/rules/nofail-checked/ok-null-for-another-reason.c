/* kernel: 6.12 */

/* The helper's NULL says that there is nothing to do, not that memory was short. */
static struct demo_intent *demo_intent_get(struct demo_log *log, u64 len)
{
	if (!len || demo_is_shutdown(log))
		return NULL;
	return kmem_cache_zalloc(log->intent_cache, GFP_KERNEL | __GFP_NOFAIL);
}

int demo_free_extent(struct demo_log *log, u64 start, u64 len)
{
	struct demo_intent *intent = demo_intent_get(log, len);

	if (!intent)
		return 0;
	intent->start = start;
	return demo_queue_intent(log, intent);
}
