/* kernel: 5.10 */

/* The lock is taken under a condition, and the request is made only when it does not hold. */
int demo_push(struct demo_ring *ring, struct demo_item *item, bool may_sleep)
{
	unsigned long flags;

	if (!may_sleep)
		spin_lock_irqsave(&ring->lock, flags);
	if (ring->head == ring->tail && may_sleep)
		ring->spill = kmalloc(PAGE_SIZE, GFP_KERNEL);
	ring->slot[ring->head++] = item;
	if (!may_sleep)
		spin_unlock_irqrestore(&ring->lock, flags);
	return 0;
}
