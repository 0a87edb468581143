/* kernel: 4.16 */

/* Outside a scope in the old configuration only, and there with a full mask. */
void *demo_table(size_t bytes)
{
	void *p;
#ifdef CONFIG_DEMO_JOURNAL
	unsigned int nofs = memalloc_nofs_save();

	p = vmalloc(bytes); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
#else
	p = __vmalloc(bytes, GFP_KERNEL, PAGE_KERNEL);
#endif
	return p;
}
