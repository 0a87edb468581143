/* kernel: 6.1 */

/* What the field holds is not the same for all objects. */
struct demo_pool {
	spinlock_t lock;
	gfp_t gfp;
	size_t size;
};

void demo_pool_init(struct demo_pool *pool, bool atomic)
{
	spin_lock_init(&pool->lock);
	pool->gfp = GFP_KERNEL;
	if (atomic)
		pool->gfp = GFP_NOWAIT;
}

void *demo_pool_get(struct demo_pool *pool)
{
	void *obj;

	spin_lock(&pool->lock);
	obj = kmalloc(pool->size, pool->gfp);
	spin_unlock(&pool->lock);
	return obj;
}
