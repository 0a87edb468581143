/* kernel: 4.10 */

/* Saved and restored on the same answer; what it asks for is a flag of the mask. */
static void *demo_buffer_data(struct demo_client *c, gfp_t gfp_mask)
{
	unsigned noio_flag;
	void *ptr;

	if (gfp_mask & __GFP_NORETRY)
		noio_flag = memalloc_noio_save();

	ptr = __vmalloc(c->block_size, gfp_mask | __GFP_HIGHMEM, PAGE_KERNEL);

	if (gfp_mask & __GFP_NORETRY)
		memalloc_noio_restore(noio_flag);
	return ptr;
}

void *demo_get(struct demo_client *c)
{
	return demo_buffer_data(c, GFP_NOIO | __GFP_NORETRY | __GFP_NOWARN); /* expect: scope-redundant */
}

void *demo_create(struct demo_client *c)
{
	return demo_buffer_data(c, GFP_KERNEL);
}
