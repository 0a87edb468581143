/* kernel: 6.1 */

/* One of the callers runs with no scope: there the mask is all that protects. */
static struct demo_path *demo_alloc_path(struct demo_fs *fs)
{
	return kmem_cache_zalloc(fs->path_cache, GFP_NOFS);
}

int demo_find_orphans(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	struct demo_path *path = demo_alloc_path(fs);
	int ret = -ENOMEM;

	if (path)
		ret = demo_walk_orphans(fs, path);
	memalloc_nofs_restore(nofs);
	return ret;
}

int demo_lookup(struct demo_fs *fs, u64 ino)
{
	struct demo_path *path = demo_alloc_path(fs);

	if (!path)
		return -ENOMEM;
	return demo_search(fs, path, ino);
}
