/* kernel: 5.17 */

/* A block device sets its ring up anew after a resume; IO would wait for the ring. */
int demo_setup_indirect(struct demo_ring *ring, unsigned int n)
{
	unsigned int memflags;
	int i, err = 0;

	memflags = memalloc_noio_save();
	for (i = 0; i < n; i++) {
		struct page *page = alloc_page(GFP_KERNEL); /* expect: scope-implicit */

		if (!page)
			goto out_of_memory;
		list_add(&page->lru, &ring->pages);
	}
	ring->shadow = kvcalloc(n, sizeof(*ring->shadow), GFP_KERNEL); /* expect: scope-implicit */
	if (!ring->shadow)
		goto out_of_memory;
out:
	memalloc_noio_restore(memflags);
	return err;

out_of_memory:
	demo_free_pages(ring);
	err = -ENOMEM;
	goto out;
}
