/* kernel: 6.12 */

/* The callback runs before the call that gets it returns: inside the scope around that call. */
static int demo_track(struct demo_inode *inode, int (*fn)(struct demo_inode *inode, void *arg), void *arg)
{
	int ret;

	mutex_lock(&inode->track_lock);
	ret = fn(inode, arg);
	mutex_unlock(&inode->track_lock);
	return ret;
}

static int demo_track_name(struct demo_inode *inode, void *arg)
{
	inode->name = kmalloc(256, GFP_NOFS); /* expect: scope-redundant */
	return inode->name ? 0 : -ENOMEM;
}

int demo_unlink(struct demo_inode *inode)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_track(inode, demo_track_name, NULL);

	memalloc_nofs_restore(nofs);
	return ret;
}
