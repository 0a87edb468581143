/* kernel: 4.16 */

/*
 * One mask for three allocators, a scope around one of them: what the caller
 * says is not redundant.
 */
static void *demo_buffer_data(struct demo_client *c, gfp_t gfp_mask, int *mode)
{
	unsigned noio_flag;
	void *ptr;

	if (c->slab) {
		*mode = 0;
		return kmem_cache_alloc(c->slab, gfp_mask);
	}

	if (c->block_size <= 4096 && gfp_mask & __GFP_NORETRY) {
		*mode = 1;
		return (void *)__get_free_pages(gfp_mask, c->order);
	}

	*mode = 2;
	if (gfp_mask & __GFP_NORETRY)
		noio_flag = memalloc_noio_save();

	ptr = __vmalloc(c->block_size, gfp_mask, PAGE_KERNEL);

	if (gfp_mask & __GFP_NORETRY)
		memalloc_noio_restore(noio_flag);
	return ptr;
}

static struct demo_buffer *demo_alloc_buffer(struct demo_client *c, gfp_t gfp_mask)
{
	struct demo_buffer *b = kmalloc(sizeof(*b), gfp_mask);

	if (!b)
		return NULL;
	b->data = demo_buffer_data(c, gfp_mask, &b->mode);
	if (!b->data) {
		kfree(b);
		return NULL;
	}
	return b;
}

struct demo_buffer *demo_new(struct demo_client *c)
{
	return demo_alloc_buffer(c, GFP_NOWAIT | __GFP_NORETRY | __GFP_NOMEMALLOC | __GFP_NOWARN); /* expect: vmalloc-restricted (low) */
}

struct demo_buffer *demo_new_locked(struct demo_client *c)
{
	return demo_alloc_buffer(c, GFP_NOIO | __GFP_NORETRY | __GFP_NOMEMALLOC | __GFP_NOWARN);
}

struct demo_buffer *demo_create(struct demo_client *c)
{
	return demo_alloc_buffer(c, GFP_KERNEL);
}
