/* kernel: 6.1 */

/* Handed on as it is, with flags added or taken away, through a variable, or by one branch each. */
void *demo_alloc(struct demo_cache *c, size_t len, gfp_t gfp)
{
	gfp_t mask = gfp | __GFP_ZERO;
	void *obj = kmalloc(len, (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_NOWARN);

	if (!obj)
		obj = kmalloc(len, mask);
	if (!obj && len > PAGE_SIZE && (gfp & GFP_KERNEL) == GFP_KERNEL)
		obj = __vmalloc(len, gfp);
	return obj;
}

void *demo_node_alloc(struct demo_cache *c, gfp_t gfp)
{
	if (c->low)
		return kmem_cache_alloc(c->slab, gfp | __GFP_HIGH);
	return kmem_cache_alloc(c->slab, gfp);
}
