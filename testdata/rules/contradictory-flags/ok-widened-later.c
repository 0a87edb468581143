/* kernel: 5.10 */

/* A mask that is widened where that is allowed. */
void *demo_widen(struct demo_fs *fs, size_t n)
{
	gfp_t gfp = GFP_NOFS;

	if (!fs->in_transaction)
		gfp |= __GFP_FS;
	return kmalloc(n, gfp);
}

void *demo_choose(struct demo_fs *fs, size_t n)
{
	return kmalloc(n, (fs->in_transaction ? GFP_NOFS : GFP_KERNEL) | __GFP_ZERO);
}

void *demo_two_calls(struct demo_fs *fs, size_t n)
{
	if (fs->in_transaction)
		return kmalloc(n, GFP_NOFS);
	return kmalloc(n, GFP_KERNEL);
}
