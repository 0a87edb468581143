/* kernel: 6.1 */

/* An ioctl of a filesystem, but it holds the lock that eviction takes, two calls up. */
struct demo_sbi {
	struct mutex tree_lock;
	void *node;
};

static void demo_evict_inode(struct inode *inode)
{
	struct demo_sbi *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->tree_lock);
	demo_tree_del(sbi, inode->i_ino);
	mutex_unlock(&sbi->tree_lock);
	clear_inode(inode);
}

static const struct super_operations demo_super_ops = {
	.evict_inode = demo_evict_inode,
};

static int demo_tree_grow(struct demo_sbi *sbi)
{
	sbi->node = kmalloc(128, GFP_NOFS);
	return sbi->node ? 0 : -ENOMEM;
}

static long demo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct demo_sbi *sbi = file_inode(file)->i_sb->s_fs_info;
	long ret;

	mutex_lock(&sbi->tree_lock);
	ret = demo_tree_grow(sbi);
	mutex_unlock(&sbi->tree_lock);
	return ret;
}

static const struct file_operations demo_fops = {
	.unlocked_ioctl = demo_ioctl,
};

void demo_setup(struct super_block *sb, struct inode *inode)
{
	sb->s_op = &demo_super_ops;
	inode->i_fop = &demo_fops;
}
