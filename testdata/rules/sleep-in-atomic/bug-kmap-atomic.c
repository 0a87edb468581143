/* kernel: 5.10 */

/* A mapping made with kmap_atomic() must be given back before anything sleeps. */
int demo_decompress_page(struct page *page, struct demo_stream *strm)
{
	void *src = kmap_atomic(page);
	int ret = -ENOMEM;

	strm->workspace = kmalloc(strm->ws_len, GFP_NOFS); /* expect: sleep-in-atomic */
	if (strm->workspace)
		ret = demo_inflate(strm, src);
	kunmap_atomic(src);
	kfree(strm->workspace);
	return ret;
}
