/* kernel: 6.12 */

/* Whoever gets the callback keeps it, and calls it when the scope is long closed. */
static void demo_track_later(struct demo_inode *inode, int (*fn)(struct demo_inode *inode))
{
	inode->tracker = fn;
	demo_wake(inode);
}

static int demo_track_name(struct demo_inode *inode)
{
	inode->name = kmalloc(256, GFP_NOFS);
	return inode->name ? 0 : -ENOMEM;
}

int demo_unlink(struct demo_inode *inode)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_track_later(inode, demo_track_name);
	memalloc_nofs_restore(nofs);
	return 0;
}
