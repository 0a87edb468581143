/* kernel: 6.12 */

/* The wrapper returns just what it got; the caller asked for memory that is always there. */
static struct demo_buf *demo_buf_alloc(struct demo_target *target, gfp_t gfp)
{
	return kmem_cache_zalloc(target->buf_cache, gfp);
}

int demo_buf_read(struct demo_target *target, u64 daddr)
{
	struct demo_buf *buf = demo_buf_alloc(target, GFP_NOFS | __GFP_NOFAIL);

	if (!buf) /* expect: nofail-checked */
		return -ENOMEM;
	buf->daddr = daddr;
	return demo_buf_submit(buf);
}

int demo_buf_readahead(struct demo_target *target, u64 daddr)
{
	struct demo_buf *buf = demo_buf_alloc(target, GFP_NOFS | __GFP_NORETRY | __GFP_NOWARN);

	if (!buf)
		return -ENOMEM;
	buf->daddr = daddr;
	return demo_buf_submit(buf);
}
