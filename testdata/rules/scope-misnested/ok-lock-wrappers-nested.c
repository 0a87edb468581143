/* kernel: 6.1 */

/* Two objects locked and unlocked last in, first out, through helpers; also by a helper for both. */
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

static void demo_lock_two(struct demo_inode *a, struct demo_inode *b, unsigned int ctx[2])
{
	ctx[0] = demo_lock(a);
	ctx[1] = demo_lock(b);
}

static void demo_unlock_two(struct demo_inode *a, struct demo_inode *b, unsigned int ctx[2])
{
	demo_unlock(b, ctx[1]);
	demo_unlock(a, ctx[0]);
}

int demo_swap_extents(struct demo_inode *a, struct demo_inode *b)
{
	unsigned int nofs_a = demo_lock(a);
	unsigned int nofs_b = demo_lock(b);
	int ret = demo_exchange(a, b);

	demo_unlock(b, nofs_b);
	demo_unlock(a, nofs_a);
	return ret;
}

int demo_clone_extents(struct demo_inode *a, struct demo_inode *b)
{
	unsigned int ctx[2];
	int ret;

	demo_lock_two(a, b, ctx);
	ret = demo_clone(a, b);
	demo_unlock_two(a, b, ctx);
	return ret;
}
