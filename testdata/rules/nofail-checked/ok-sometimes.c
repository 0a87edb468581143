/* kernel: 5.17 */

/* Whether it may fail is decided as it runs, or by the caller. */
int demo_reserve_pages(struct demo_fs *fs, bool must)
{
	gfp_t gfp = GFP_NOFS;

	if (must)
		gfp |= __GFP_NOFAIL;
	fs->slot = kmalloc(sizeof(*fs->slot), gfp);
	if (!fs->slot)
		return -ENOMEM;
	return demo_fill(fs);
}

static void *demo_slot(struct demo_fs *fs, gfp_t gfp)
{
	void *slot = kmem_cache_alloc(fs->cache, gfp);

	if (!slot)
		fs->failures++;
	return slot;
}

void demo_slot_must(struct demo_fs *fs)
{
	fs->a = demo_slot(fs, GFP_NOFS | __GFP_NOFAIL);
}

void demo_slot_may(struct demo_fs *fs)
{
	fs->b = demo_slot(fs, GFP_NOFS);
}
