/* kernel: 6.1 */

/* The field that is used under the lock holds a mask that fits; the other one is used outside. */
struct demo_pool {
	spinlock_t lock;
	gfp_t fast_gfp;
	gfp_t slow_gfp;
	size_t size;
};

void demo_pool_init(struct demo_pool *pool, size_t size)
{
	spin_lock_init(&pool->lock);
	pool->size = size;
	pool->fast_gfp = GFP_NOWAIT | __GFP_NOWARN;
	pool->slow_gfp = GFP_KERNEL;
}

void *demo_pool_get(struct demo_pool *pool)
{
	void *obj;

	spin_lock(&pool->lock);
	obj = kmalloc(pool->size, pool->fast_gfp);
	spin_unlock(&pool->lock);
	return obj ? obj : kmalloc(pool->size, pool->slow_gfp);
}
