/* kernel: 6.1 */

/* The lock is dropped for the slow part, but taken again one line before the request. */
int demo_queue_grow(struct demo_queue *q, int want)
{
	void **slots;

	spin_lock_irq(&q->lock);
	while (q->size < want) {
		spin_unlock_irq(&q->lock);
		demo_wait_idle(q);
		spin_lock_irq(&q->lock);
		slots = kcalloc(want, sizeof(*slots), GFP_KERNEL); /* expect: sleep-in-atomic */
		if (!slots) {
			spin_unlock_irq(&q->lock);
			return -ENOMEM;
		}
		swap(q->slots, slots);
		q->size = want;
		kfree(slots);
	}
	spin_unlock_irq(&q->lock);
	return 0;
}
