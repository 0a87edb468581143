/* kernel: 4.16 */

/* Every turn drops the lock, allocates, and takes the lock again. */
int demo_pool_resize(struct demo_pool *pool, int new_min)
{
	unsigned long flags;
	void *element;

	spin_lock_irqsave(&pool->lock, flags);
	while (pool->curr < new_min) {
		spin_unlock_irqrestore(&pool->lock, flags);
		element = pool->alloc(GFP_KERNEL, pool->data);
		if (!element)
			return -ENOMEM;
		pool->spare = kmalloc(64, GFP_KERNEL);
		spin_lock_irqsave(&pool->lock, flags);
		if (pool->curr < pool->min)
			demo_pool_add(pool, element);
		else
			demo_pool_free_one(pool, element);
	}
	spin_unlock_irqrestore(&pool->lock, flags);
	return 0;
}
