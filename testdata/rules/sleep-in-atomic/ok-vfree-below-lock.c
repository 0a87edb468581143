/* kernel: 6.12 */

/* What is freed below a lock is put off, was never vmalloc()ed, is freed without the lock, or not on this way. */
static void demo_ring_free(struct demo_ring *ring, bool now)
{
	if (now)
		vfree(ring->slots);
	else
		vfree_atomic(ring->slots);
}

static void demo_unlocked_free(struct demo_dev *dev)
{
	spin_unlock(&dev->lock);
	vfree(dev->table);
	spin_lock(&dev->lock);
}

static void demo_name_free(char *name)
{
	kvfree(name);
}

static void demo_any_free(void *what)
{
	if (in_atomic())
		vfree_atomic(what);
	else if (in_interrupt())
		vfree_atomic(what);
	else
		kfree(what);
}

static void demo_put(struct demo_dev *dev)
{
	if (refcount_dec_and_test(&dev->refs))
		vfree(dev->table);
}

/* The caller has a reference of its own. */
void demo_put_one_of_two(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	demo_put(dev);
	spin_unlock(&dev->lock);
	demo_put(dev);
}

/* A timer is an interrupt, whatever lock it takes. */
static void demo_reclaim(struct timer_list *timer)
{
	struct demo_dev *dev = from_timer(dev, timer, timer);

	spin_lock(&dev->lock);
	demo_ring_free(&dev->ring, true);
	vfree(dev->table);
	spin_unlock(&dev->lock);
}

int demo_init(struct demo_dev *dev, size_t len)
{
	timer_setup(&dev->timer, demo_reclaim, 0);
	dev->table = vmalloc(len);
	dev->ring.slots = vmalloc(len);
	dev->name = kstrdup("demo", GFP_KERNEL);
	return dev->name ? 0 : -ENOMEM;
}

void demo_reset(struct demo_dev *dev)
{
	spin_lock(&dev->lock);
	demo_ring_free(&dev->ring, false);
	demo_unlocked_free(dev);
	demo_name_free(dev->name);
	demo_any_free(dev->name);
	spin_unlock(&dev->lock);
}

void demo_exit(struct demo_dev *dev)
{
	spin_lock_bh(&dev->lock);
	demo_ring_free(&dev->ring, true);
	spin_unlock_bh(&dev->lock);
	demo_ring_free(&dev->ring, true);
}
