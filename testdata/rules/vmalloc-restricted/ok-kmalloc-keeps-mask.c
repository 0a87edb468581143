/* kernel: 4.16 */

/* The slab and page allocators do what the mask says. */
int demo_slab(struct demo_fs *fs, size_t len)
{
	fs->a = kmalloc(len, GFP_NOFS);
	fs->b = kzalloc(len, GFP_NOIO);
	fs->c = kmem_cache_alloc(fs->cache, GFP_NOFS);
	fs->d = alloc_pages(GFP_NOIO, 2);
	fs->e = __get_free_page(GFP_NOFS);
	return 0;
}
