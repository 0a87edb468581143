/* kernel: 6.1 */

/* Two callers, both inside a scope when they call: the helper's mask is their business already. */
static struct demo_path *demo_alloc_path(struct demo_fs *fs)
{
	struct demo_path *path;

	path = kmem_cache_zalloc(fs->path_cache, GFP_NOFS); /* expect: scope-redundant */
	if (path)
		path->fs = fs;
	return path;
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

int demo_drop_snapshot(struct demo_fs *fs, u64 id)
{
	unsigned int nofs;
	struct demo_path *path;
	int ret;

	if (!demo_snapshot_exists(fs, id))
		return -ENOENT;
	nofs = memalloc_nofs_save();
	path = demo_alloc_path(fs);
	if (!path) {
		memalloc_nofs_restore(nofs);
		return -ENOMEM;
	}
	ret = demo_drop_tree(fs, path, id);
	memalloc_nofs_restore(nofs);
	return ret;
}
