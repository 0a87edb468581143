/* kernel: 4.16 */

/* The callee takes a mask for the checker's sake, compares it, or stores it; nothing is allocated. */
static void *demo_remove_element(struct demo_pool *pool, gfp_t flags)
{
	void *element = pool->elements[--pool->curr];

	demo_unpoison(pool, element, flags);
	return element;
}

static bool demo_may_wait(gfp_t flags)
{
	return flags == GFP_KERNEL || flags == GFP_NOIO;
}

int demo_pool_shrink(struct demo_pool *pool, struct sock *sk, gfp_t gfp)
{
	unsigned long flags;

	spin_lock_irqsave(&pool->lock, flags);
	while (pool->curr > pool->min)
		demo_discard(demo_remove_element(pool, GFP_KERNEL));
	if (gfp == GFP_KERNEL && pool->curr == 0)
		pool->starved++;
	if (demo_may_wait(GFP_KERNEL))
		pool->polite = true;
	sk->sk_allocation = GFP_NOFS;
	pool->gfp = GFP_NOIO | __GFP_HIGH;
	spin_unlock_irqrestore(&pool->lock, flags);
	return pool->curr;
}
