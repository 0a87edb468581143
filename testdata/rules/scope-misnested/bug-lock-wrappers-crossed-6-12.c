/* kernel: 6.12 */

/*
 * The same order with the newer cookies: nothing stays on, but what runs
 * between the two releases has lost its scope although it still holds b's lock.
 */
static unsigned int demo_lock(struct demo_inode *inode)
{
	mutex_lock(&inode->extent_lock);
	return memalloc_nofs_save();
}

static void demo_unlock(struct demo_inode *inode, unsigned int nofs)
{
	memalloc_nofs_restore(nofs);
	mutex_unlock(&inode->extent_lock);
}

int demo_swap_extents(struct demo_inode *a, struct demo_inode *b)
{
	unsigned int nofs_a = demo_lock(a);
	unsigned int nofs_b = demo_lock(b);
	int ret = demo_exchange(a, b);

	demo_unlock(a, nofs_a); /* expect: scope-misnested */
	demo_log_exchange(b);
	demo_unlock(b, nofs_b);
	return ret;
}
