/* kernel: 5.17 */

/*
 * A driver's lock opens a noreclaim scope, because reclaim takes the lock. A
 * request that must not fail spins there: it may not reclaim anything itself.
 */
void demo_queue_add(struct demo_manager *mgr, struct demo_queue *q)
{
	unsigned int flags;

	mutex_lock(&mgr->lock);
	flags = memalloc_noreclaim_save();
	q->mqd = kzalloc(sizeof(*q->mqd), GFP_KERNEL | __GFP_NOFAIL); /* expect: scope-implicit, nofail-nonblocking */
	list_add(&q->list, &mgr->queues);
	memalloc_noreclaim_restore(flags);
	mutex_unlock(&mgr->lock);
}
