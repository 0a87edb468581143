/* kernel: 5.17 */

/* The request is on the way on which the lock was not got, or not tried for. */
int demo_pages_get(struct demo_io *io, unsigned int n)
{
	struct page **pages;

	if (n <= DEMO_STATIC && spin_trylock(&demo_map_lock)) {
		pages = demo_static_map;
	} else {
		gfp_t gfp = GFP_KERNEL;

		if (n > DEMO_STATIC)
			gfp |= __GFP_NOWARN;
		pages = kvmalloc_array(n, sizeof(*pages), gfp);
		if (!pages)
			return -ENOMEM;
	}
	demo_run(io, pages);
	if (pages == demo_static_map)
		spin_unlock(&demo_map_lock);
	else
		kvfree(pages);
	return 0;
}
