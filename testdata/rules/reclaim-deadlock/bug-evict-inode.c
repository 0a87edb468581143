/* kernel: 6.1 */

/* Reclaim drops inodes, and dropping one takes the filesystem's index lock. */
struct demo_sb_info {
	struct mutex index_lock;
	struct radix_tree_root index;
};

static void demo_evict_inode(struct inode *inode)
{
	struct demo_sb_info *sbi = inode->i_sb->s_fs_info;

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	mutex_lock(&sbi->index_lock);
	radix_tree_delete(&sbi->index, inode->i_ino);
	mutex_unlock(&sbi->index_lock);
}

static const struct super_operations demo_super_ops = {
	.evict_inode = demo_evict_inode,
};

int demo_fill_super(struct super_block *sb, struct demo_sb_info *sbi)
{
	mutex_init(&sbi->index_lock);
	sb->s_op = &demo_super_ops;
	sb->s_fs_info = sbi;
	return 0;
}

int demo_index_add(struct demo_sb_info *sbi, u64 ino)
{
	struct demo_slot *slot;
	int ret = -ENOMEM;

	mutex_lock(&sbi->index_lock);
	slot = kmalloc(sizeof(*slot), GFP_KERNEL); /* expect: reclaim-deadlock (high) */
	if (slot)
		ret = demo_index_insert(sbi, ino, slot);
	mutex_unlock(&sbi->index_lock);
	return ret;
}
