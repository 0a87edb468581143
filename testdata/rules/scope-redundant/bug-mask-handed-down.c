/* kernel: 5.17 */

/* The wrapper does as it is told; the mask that is too careful is chosen inside the scope. */
static void *demo_alloc_vec(size_t n, gfp_t gfp)
{
	return kmalloc_array(n, sizeof(u64), gfp | __GFP_NOWARN);
}

int demo_defrag(struct demo_fs *fs, size_t n)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = -ENOMEM;
	u64 *vec;

	vec = demo_alloc_vec(n, GFP_NOFS); /* expect: scope-redundant */
	if (vec)
		ret = demo_move_extents(fs, vec, n);
	kfree(vec);
	memalloc_nofs_restore(nofs);
	return ret;
}

void *demo_alloc_stat(struct demo_fs *fs)
{
	return demo_alloc_vec(16, GFP_NOFS);
}
