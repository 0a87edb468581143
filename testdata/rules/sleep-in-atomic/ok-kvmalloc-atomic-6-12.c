/* kernel: 6.12 */

/* Here kvmalloc returns NULL where 5.17 went on to vmalloc: legal under the lock, if it may fail. */
int demo_stream_init(struct demo_stream *strm, size_t len)
{
	spin_lock(&strm->lock);
	strm->dict = kvzalloc(len + PAGE_SIZE, GFP_ATOMIC);
	spin_unlock(&strm->lock);
	return strm->dict ? 0 : -ENOMEM;
}
