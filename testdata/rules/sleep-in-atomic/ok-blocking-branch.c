/* kernel: 6.1 */

/* The mask that the caller gave decides whether the slow branch is taken. */
static void *demo_cache_get(struct demo_cache *c, gfp_t gfp)
{
	void *obj = demo_cache_pop(c);

	if (obj)
		return obj;
	if (gfpflags_allow_blocking(gfp)) {
		demo_wait_for_grace(c);
		return kmem_cache_alloc(c->slab, gfp);
	}
	if (!(gfp & __GFP_DIRECT_RECLAIM))
		return kmem_cache_alloc(c->slab, gfp | __GFP_NOWARN);
	return NULL;
}

void *demo_get_locked(struct demo_cache *c)
{
	void *obj;

	spin_lock(&c->lock);
	obj = demo_cache_get(c, GFP_NOWAIT);
	spin_unlock(&c->lock);
	return obj;
}

static void demo_percpu_refill(struct demo_cache *c, gfp_t gfp)
{
	if (gfp & __GFP_DIRECT_RECLAIM)
		c->stats = alloc_percpu_gfp(struct demo_stats, gfp);
	else
		c->missed++;
}

void demo_refill_locked(struct demo_cache *c)
{
	rcu_read_lock();
	demo_percpu_refill(c, GFP_ATOMIC);
	rcu_read_unlock();
	demo_percpu_refill(c, GFP_KERNEL);
}
