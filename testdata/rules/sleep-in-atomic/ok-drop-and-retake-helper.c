/* kernel: 6.1 */

/* The helper drops its caller's lock for the request and takes it again, on every way. */
static int demo_grow_unlocked(struct demo_queue *q, unsigned long *flags)
	__releases(&q->lock)
	__acquires(&q->lock)
{
	void *slots;

	spin_unlock_irqrestore(&q->lock, *flags);
	slots = kcalloc(q->want, sizeof(void *), GFP_KERNEL);
	spin_lock_irqsave(&q->lock, *flags);
	if (!slots)
		return -ENOMEM;
	kfree(q->slots);
	q->slots = slots;
	return 0;
}

int demo_queue_push(struct demo_queue *q, void *item)
{
	unsigned long flags;
	int ret = 0;

	spin_lock_irqsave(&q->lock, flags);
	while (!ret && q->count == q->size)
		ret = demo_grow_unlocked(q, &flags);
	if (!ret)
		q->slots[q->count++] = item;
	spin_unlock_irqrestore(&q->lock, flags);
	return ret;
}
