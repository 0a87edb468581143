/* kernel: 6.12 */

/* The callback is handed over inside a scope, and once outside of any. */
static int demo_track(struct demo_inode *inode, int (*fn)(struct demo_inode *inode))
{
	return fn(inode);
}

static int demo_track_name(struct demo_inode *inode)
{
	inode->name = kmalloc(256, GFP_NOFS);
	return inode->name ? 0 : -ENOMEM;
}

int demo_unlink(struct demo_inode *inode)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_track(inode, demo_track_name);

	memalloc_nofs_restore(nofs);
	return ret;
}

int demo_lookup(struct demo_inode *inode)
{
	return demo_track(inode, demo_track_name);
}
