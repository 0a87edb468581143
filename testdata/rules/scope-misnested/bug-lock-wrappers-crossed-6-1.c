/* kernel: 6.1 */

/*
 * Two locks of two objects, each with a scope of its own. They are released in
 * the order they were taken: up to 6.8 the second release turns NOFS on for good.
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
	demo_unlock(b, nofs_b);
	return ret;
}
