/* kernel: 5.17 */

/* In its own scope a GFP_NOFS says the same thing twice; before and after it is still needed. */
int demo_add_inline_extent(struct demo_root *root, struct demo_inode *inode, size_t len)
{
	unsigned int nofs_flag;
	struct demo_path *path;
	void *buf;
	int ret;

	path = kmem_cache_zalloc(demo_path_cache, GFP_NOFS);
	if (!path)
		return -ENOMEM;
	nofs_flag = memalloc_nofs_save();
	buf = kmalloc(len, GFP_NOFS); /* expect: scope-redundant */
	if (!buf) {
		memalloc_nofs_restore(nofs_flag);
		kmem_cache_free(demo_path_cache, path);
		return -ENOMEM;
	}
	ret = demo_insert_inline(root, inode, path, buf);
	kfree(buf);
	memalloc_nofs_restore(nofs_flag);
	inode->note = kzalloc(32, GFP_NOFS);
	return ret;
}
