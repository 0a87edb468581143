/* kernel: 6.1 */

/* The mask is handed on the only way there is: as a scope around an allocator that takes none. */
void *demo_map_alloc(size_t len, gfp_t gfp)
{
	unsigned int nofs;
	void *p;

	if ((gfp & (__GFP_IO | __GFP_FS)) == (__GFP_IO | __GFP_FS))
		return __vmalloc(len, gfp);
	nofs = memalloc_nofs_save();
	p = __vmalloc(len, gfp);
	memalloc_nofs_restore(nofs);
	return p;
}
