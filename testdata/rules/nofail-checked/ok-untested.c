/* kernel: 6.1 */

/* Written for a request that does not fail: no test, and none is needed. */
void demo_add_extent(struct demo_inode *ip, u64 start, u64 len)
{
	struct demo_ext *ext = kmem_cache_zalloc(demo_ext_cache, GFP_KERNEL | __GFP_NOFAIL);

	ext->start = start;
	ext->len = len;
	demo_defer(ip, &ext->list);
}

static struct demo_buf *demo_buf_alloc(struct demo_target *target, gfp_t gfp)
{
	return kmem_cache_zalloc(target->buf_cache, gfp);
}

void demo_buf_pin(struct demo_target *target)
{
	struct demo_buf *buf = demo_buf_alloc(target, GFP_NOFS | __GFP_NOFAIL);

	buf->pinned = true;
	list_add(&buf->list, &target->pins);
}
