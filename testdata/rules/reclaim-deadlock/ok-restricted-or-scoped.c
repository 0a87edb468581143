/* kernel: 6.1 */

/* The evicting side takes the lock; who holds it says GFP_NOFS, is in a scope, cannot reclaim, or allocated before. */
struct demo_sb_info {
	struct mutex index_lock;
	void *a;
	void *b;
	void *c;
};

static void demo_evict_inode(struct inode *inode)
{
	struct demo_sb_info *sbi = inode->i_sb->s_fs_info;

	mutex_lock(&sbi->index_lock);
	demo_index_del(sbi, inode->i_ino);
	mutex_unlock(&sbi->index_lock);
	clear_inode(inode);
}

static const struct super_operations demo_super_ops = {
	.evict_inode = demo_evict_inode,
};

void demo_fill_super(struct super_block *sb, struct demo_sb_info *sbi)
{
	mutex_init(&sbi->index_lock);
	sb->s_op = &demo_super_ops;
	sb->s_fs_info = sbi;
}

int demo_index_add(struct demo_sb_info *sbi)
{
	void *slot = kmalloc(64, GFP_KERNEL);
	unsigned int nofs;

	mutex_lock(&sbi->index_lock);
	sbi->a = kmalloc(64, GFP_NOFS);
	sbi->b = kmalloc(64, GFP_NOWAIT | __GFP_NOWARN);
	nofs = memalloc_nofs_save();
	sbi->c = kmalloc(64, GFP_KERNEL); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
	demo_index_insert(sbi, slot);
	mutex_unlock(&sbi->index_lock);
	return 0;
}
