/* kernel: 6.1 */

/* These are entered from reclaim, or from writeback with the pages locked: GFP_NOFS is what they must say. */
static void demo_evict_inode(struct inode *inode)
{
	struct demo_orphan *o = kmalloc(sizeof(*o), GFP_NOFS);

	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	demo_note_orphan(inode, o);
}

static int demo_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	void *vec = kmalloc(512, GFP_NOFS);
	int ret;

	if (!vec)
		return -ENOMEM;
	ret = demo_write_range(mapping, wbc, vec);
	kfree(vec);
	return ret;
}

static unsigned long demo_scan(struct shrinker *s, struct shrink_control *sc)
{
	void *list = kmalloc(128, GFP_NOFS);

	return list ? demo_drop(s, list) : SHRINK_STOP;
}

static const struct super_operations demo_super_ops = {
	.evict_inode = demo_evict_inode,
};

static const struct address_space_operations demo_aops = {
	.writepages = demo_writepages,
};

static struct shrinker demo_shrinker = {
	.scan_objects = demo_scan,
};

int demo_setup(struct super_block *sb, struct inode *inode)
{
	sb->s_op = &demo_super_ops;
	inode->i_mapping->a_ops = &demo_aops;
	return register_shrinker(&demo_shrinker, "demo");
}
