/* kernel: 6.1 */

/* The mask is kept in the object, set once for good, and used under the lock. */
struct demo_pool {
	spinlock_t lock;
	gfp_t gfp;
	struct list_head free;
	size_t size;
};

void demo_pool_init(struct demo_pool *pool, size_t size)
{
	spin_lock_init(&pool->lock);
	INIT_LIST_HEAD(&pool->free);
	pool->size = size;
	pool->gfp = GFP_KERNEL | __GFP_ZERO;
}

void *demo_pool_get(struct demo_pool *pool)
{
	void *obj = NULL;

	spin_lock(&pool->lock);
	if (!list_empty(&pool->free))
		obj = demo_pool_pop(pool);
	else
		obj = kmalloc(pool->size, pool->gfp); /* expect: sleep-in-atomic */
	spin_unlock(&pool->lock);
	return obj;
}
