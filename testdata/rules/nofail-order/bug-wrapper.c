/* kernel: 4.16 */
static struct page *demo_get_pages(gfp_t gfp, unsigned int order)
{
	return alloc_pages(gfp | __GFP_COMP, order);
}

static void *demo_log_buffer(gfp_t gfp)
{
	return kmalloc(32768, gfp);
}

void demo_log_open(struct demo_log *log)
{
	log->head = demo_get_pages(GFP_NOFS | __GFP_NOFAIL, 3); /* expect: nofail-order */
	log->tail = demo_get_pages(GFP_NOFS | __GFP_NOFAIL, 0);
	log->buf = demo_log_buffer(GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	log->page = demo_get_pages(GFP_NOFS, 3);
}
