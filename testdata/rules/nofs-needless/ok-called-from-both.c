/* kernel: 6.1 */

/* An ioctl needs no restriction here, eviction does; the helper serves both. */
static struct demo_rec *demo_new_rec(u64 ino)
{
	struct demo_rec *rec = kmalloc(sizeof(*rec), GFP_NOFS);

	if (rec)
		rec->ino = ino;
	return rec;
}

static void demo_evict_inode(struct inode *inode)
{
	demo_queue_rec(demo_new_rec(inode->i_ino));
	clear_inode(inode);
}

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_rec *rec = demo_new_rec(arg);

	return rec ? demo_queue_rec(rec) : -ENOMEM;
}

static const struct super_operations demo_super_ops = {
	.evict_inode = demo_evict_inode,
};

static const struct file_operations demo_fops = {
	.unlocked_ioctl = demo_ioctl,
};

void demo_setup(struct super_block *sb, struct inode *inode)
{
	sb->s_op = &demo_super_ops;
	inode->i_fop = &demo_fops;
}
