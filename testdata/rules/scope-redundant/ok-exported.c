/* kernel: 5.17 */

/* The function is exported: whoever else calls it is not in this file, or not in the tree. */
struct demo_page_vec *demo_alloc_page_vec(unsigned int n)
{
	struct demo_page_vec *vec;

	vec = kzalloc(struct_size(vec, pages, n), GFP_NOFS);
	if (vec)
		vec->n = n;
	return vec;
}
EXPORT_SYMBOL_GPL(demo_alloc_page_vec);

int demo_write_vec(struct demo_fs *fs, unsigned int n)
{
	unsigned int nofs = memalloc_nofs_save();
	struct demo_page_vec *vec = demo_alloc_page_vec(n);
	int ret = vec ? demo_submit(fs, vec) : -ENOMEM;

	memalloc_nofs_restore(nofs);
	return ret;
}
