/* kernel: 5.0 */

struct page *demo_must(bool must)
{
	gfp_t gfp = GFP_NOFS;

	if (must)
		gfp |= __GFP_NOFAIL;
	return alloc_pages(gfp, 2); /* expect: nofail-order */
}

void *demo_by_variables(void)
{
	const size_t bytes = 5 * 4096;
	unsigned int order;

	order = 3;
	demo_keep(alloc_pages(GFP_KERNEL | __GFP_NOFAIL, order)); /* expect: nofail-order */
	return kmalloc(bytes, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
}
