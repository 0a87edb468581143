/* kernel: 6.1 */

/* The flag is added where the mask may block, and taken away where it may not. */
void *demo_get(struct demo_cache *c, gfp_t gfp)
{
	if (gfpflags_allow_blocking(gfp))
		gfp |= __GFP_NOFAIL;
	return kmem_cache_alloc(c->slab, gfp);
}

void *demo_get_fast(struct demo_cache *c, gfp_t gfp)
{
	void *obj = kmem_cache_alloc(c->slab, (gfp & ~(__GFP_DIRECT_RECLAIM | __GFP_NOFAIL)) | __GFP_NOWARN);

	return obj ? obj : demo_get(c, gfp);
}

int demo_use(struct demo_cache *c)
{
	spin_lock(&c->lock);
	c->a = demo_get(c, GFP_NOWAIT);
	spin_unlock(&c->lock);
	c->b = demo_get_fast(c, GFP_NOFS | __GFP_NOFAIL);
	return c->a ? 0 : -ENOMEM;
}
