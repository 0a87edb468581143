/* kernel: 6.12 */

/* One request, several ways in: one finding. */
static char *demo_name(size_t len)
{
	return kmalloc(len, GFP_KERNEL | __GFP_NOWARN); /* expect: nofs-inconsistent */
}

int demo_link(struct demo_dir *dir)
{
	dir->entry = kmem_cache_alloc(dir->cache, GFP_NOFS);
	dir->name = demo_name(dir->len);
	return 0;
}

int demo_rename(struct demo_dir *dir)
{
	dir->entry = kmem_cache_alloc(dir->cache, GFP_NOFS);
	dir->old_name = demo_name(dir->old_len);
	return 0;
}

int demo_mkdir(struct demo_dir *dir)
{
	dir->name = demo_name(dir->len);
	return dir->name ? 0 : -ENOMEM;
}
