/* kernel: 6.1 */

/* All of these reclaim directly; a mutex does not forbid it. */
void demo_reserve(struct demo_log *log)
{
	mutex_lock(&log->lock);
	log->a = kmalloc(64, GFP_NOFS | __GFP_NOFAIL);
	log->b = kmalloc(64, GFP_NOIO | __GFP_NOFAIL);
	log->c = kmalloc(64, GFP_KERNEL | GFP_DMA | __GFP_NOFAIL);
	log->d = kmalloc(64, __GFP_DIRECT_RECLAIM | __GFP_NOFAIL);
	mutex_unlock(&log->lock);
}
