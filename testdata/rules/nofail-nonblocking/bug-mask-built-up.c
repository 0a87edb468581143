/* kernel: 5.17 */

/* The flag and the reclaim bits are added and taken away on different lines, or by the caller. */
static struct demo_buf *demo_get_buf(struct demo_cache *c, gfp_t gfp)
{
	return kmem_cache_alloc(c->slab, gfp | __GFP_NOFAIL);
}

void demo_fill(struct demo_cache *c)
{
	gfp_t gfp = GFP_KERNEL;

	gfp &= ~__GFP_RECLAIM;
	gfp |= __GFP_NOFAIL;
	c->first = kmalloc(64, gfp); /* expect: nofail-nonblocking */
	c->second = demo_get_buf(c, GFP_NOWAIT); /* expect: nofail-nonblocking */
	c->third = demo_get_buf(c, GFP_NOFS);
}
