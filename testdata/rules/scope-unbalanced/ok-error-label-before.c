/* kernel: 5.17 */

/* The failing ways run through their own restore and share the last lines. */
int demo_setup(struct demo_ring *ring, int n)
{
	unsigned int memflags = memalloc_noio_save();
	int err;

	err = demo_setup_pages(ring, n);
	if (err)
		goto out_of_memory;
	err = demo_setup_shadow(ring, n);
	if (err)
		goto out_of_memory;
	memalloc_noio_restore(memflags);
	return 0;

out_of_memory:
	demo_free(ring);
	memalloc_noio_restore(memflags);
	return -ENOMEM;
}
