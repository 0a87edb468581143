/* kernel: 4.16 */

/* The scope was left before, or is of a kind that permits what the mask forbids. */
void *demo_after(struct demo_fs *fs, size_t bytes)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_flush(fs);
	memalloc_nofs_restore(nofs);
	return __vmalloc(bytes, GFP_NOFS, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_noio_in_nofs(struct demo_fs *fs, size_t bytes)
{
	unsigned int nofs = memalloc_nofs_save();
	void *p;

	p = __vmalloc(bytes, GFP_NOIO, PAGE_KERNEL); /* expect: vmalloc-restricted */
	memalloc_nofs_restore(nofs);
	return p;
}
