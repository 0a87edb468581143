/* kernel: 5.10 */

/* The mask is full, so the fallback is there; the scope keeps both attempts out of the filesystem. */
void *demo_scoped(size_t bytes)
{
	unsigned int nofs = memalloc_nofs_save();
	void *p = kvmalloc(bytes, GFP_KERNEL); /* expect: scope-implicit */

	memalloc_nofs_restore(nofs);
	return p;
}
