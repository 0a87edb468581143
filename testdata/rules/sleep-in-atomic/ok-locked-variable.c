/* kernel: 5.10 */

/* A local variable remembers whether the lock was taken; the request comes when it was given back. */
int demo_store(struct demo_ring *ring, bool irq_safe)
{
	bool locked = false;

	if (irq_safe) {
		spin_lock(&ring->lock);
		locked = true;
	}
	ring->seq++;
	if (locked)
		spin_unlock(&ring->lock);
	ring->log = kzalloc(64, GFP_KERNEL);
	return ring->log ? 0 : -ENOMEM;
}
