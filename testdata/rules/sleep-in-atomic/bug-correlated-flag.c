/* kernel: 5.10 */

/* The lock is taken under a condition; the same condition leads to the request. */
int demo_push(struct demo_ring *ring, struct demo_item *item, bool locked)
{
	unsigned long flags;
	int ret = 0;

	if (!locked)
		spin_lock_irqsave(&ring->lock, flags);
	if (ring->head == ring->tail && !locked) {
		ring->spill = kmalloc(PAGE_SIZE, GFP_KERNEL); /* expect: sleep-in-atomic */
		if (!ring->spill)
			ret = -ENOMEM;
	}
	if (!ret)
		ring->slot[ring->head++] = item;
	if (!locked)
		spin_unlock_irqrestore(&ring->lock, flags);
	return ret;
}
