/* kernel: 6.1 */

/* Under its own lock the function may not do what the mask allows; a first, cheap try comes before the real one. */
int demo_set_insert(struct demo_set *set, u32 key, gfp_t gfp)
{
	struct demo_node *node;
	int ret = -ENOMEM;

	if (!demo_preload(set, gfp))
		return ret;
	spin_lock(&set->lock);
	node = kmem_cache_alloc(set->slab, GFP_NOWAIT | __GFP_NOWARN);
	if (node)
		ret = demo_link(set, node, key);
	spin_unlock(&set->lock);
	return ret;
}

void *demo_try_then(struct demo_set *set, gfp_t gfp)
{
	void *obj = kmem_cache_alloc(set->slab, GFP_NOWAIT | __GFP_NOWARN);

	return obj ? obj : kmem_cache_alloc(set->slab, gfp);
}
