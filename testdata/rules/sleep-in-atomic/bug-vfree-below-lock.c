/* kernel: 6.12 */

/* The one that frees does not know of the lock, and the one that takes it does not know of vmalloc(). */
struct demo_ring {
	void *slots;
	u32 *index;
	size_t len;
};

static void demo_free_index(u32 *index)
{
	kvfree(index); /* expect: sleep-in-atomic */
}

static void demo_ring_free(struct demo_ring *ring)
{
	if (!ring->slots)
		return;
	vfree(ring->slots); /* expect: sleep-in-atomic */
	ring->slots = NULL;
}

static void demo_ring_reset(struct demo_ring *ring)
{
	demo_ring_free(ring);
	ring->len = 0;
}

int demo_ring_init(struct demo_ring *ring, size_t len)
{
	ring->index = kvcalloc(len, sizeof(u32), GFP_KERNEL);
	ring->slots = vmalloc(len);
	return ring->slots && ring->index ? 0 : -ENOMEM;
}

void demo_dev_reset(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	demo_ring_reset(&dev->ring);
	spin_unlock(&dev->lock);
}

void demo_drop_index(struct demo_dev *dev, struct demo_ring *ring)
{
	write_lock(&dev->lock);
	demo_free_index(ring->index);
	ring->index = NULL;
	write_unlock(&dev->lock);
}
