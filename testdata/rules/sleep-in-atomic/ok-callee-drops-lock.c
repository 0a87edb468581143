/* kernel: 4.10 */

/* Two calls down the lock is dropped before the request is made, and taken again after it. */
static struct demo_rq *__demo_get_request(struct demo_queue *q, gfp_t gfp)
	__releases(&q->lock)
	__acquires(&q->lock)
{
	struct demo_rq *rq;

	if (q->count >= q->limit)
		return NULL;
	q->count++;
	spin_unlock_irq(&q->lock);
	rq = mempool_alloc(q->rq_pool, gfp);
	spin_lock_irq(&q->lock);
	if (!rq)
		q->count--;
	return rq;
}

static struct demo_rq *demo_get_request(struct demo_queue *q, gfp_t gfp)
{
	struct demo_rq *rq = __demo_get_request(q, gfp);

	if (!rq)
		q->starved = true;
	return rq;
}

void demo_queue_bio(struct demo_queue *q, struct bio *bio)
{
	struct demo_rq *rq;

	spin_lock_irq(&q->lock);
	if (demo_try_merge(q, bio))
		goto out;
	rq = demo_get_request(q, GFP_NOIO);
	if (rq)
		demo_add(q, rq, bio);
out:
	spin_unlock_irq(&q->lock);
}
