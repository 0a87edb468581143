/* kernel: 5.10 */

/* The interface has a mask; this implementation needs no memory. */
int demo_ep_queue(struct demo_ep *ep, struct demo_req *req, gfp_t gfp_flags)
{
	list_add_tail(&req->queue, &ep->queue);
	return 0;
}

int demo_pool_init(struct demo_pool *pool, size_t size, gfp_t gfp)
{
	pool->size = size;
	pool->gfp = gfp;
	return 0;
}

bool demo_may_grow(struct demo_pool *pool, gfp_t gfp)
{
	return gfpflags_allow_blocking(gfp) && pool->size < 64;
}
