/* kernel: 5.17 */

/* In this version kvmalloc goes on to vmalloc for more than a page, whatever the mask says of sleeping. */
int demo_stream_init(struct demo_stream *strm, size_t len)
{
	spin_lock(&strm->lock);
	strm->dict = kvzalloc(len + PAGE_SIZE, GFP_ATOMIC); /* expect: vmalloc-restricted, sleep-in-atomic */
	spin_unlock(&strm->lock);
	return strm->dict ? 0 : -ENOMEM;
}
