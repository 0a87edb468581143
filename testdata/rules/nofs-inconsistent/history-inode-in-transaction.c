/* kernel: 4.16 */

/*
 * An inode is read while a transaction is open; its memory comes from the
 * filesystem's own operation, which every other caller reaches freely.
 */
struct demo_super_ops {
	struct demo_inode *(*alloc_inode)(struct demo_sb *sb);
	void (*destroy_inode)(struct demo_inode *inode);
};

struct demo_sb {
	const struct demo_super_ops *s_op;
};

static struct demo_inode *demo_fs_alloc_inode(struct demo_sb *sb)
{
	struct demo_inode *inode;

	inode = kmem_cache_alloc(demo_inode_cache, GFP_KERNEL); /* expect: nofs-inconsistent */
	if (inode)
		demo_inode_init_once(inode);
	return inode;
}

static const struct demo_super_ops demo_fs_super_ops = {
	.alloc_inode = demo_fs_alloc_inode,
};

void demo_fill_super(struct demo_sb *sb)
{
	sb->s_op = &demo_fs_super_ops;
}

static struct demo_inode *demo_new_inode(struct demo_sb *sb)
{
	if (sb->s_op->alloc_inode)
		return sb->s_op->alloc_inode(sb);
	return NULL;
}

struct demo_inode *demo_iget(struct demo_sb *sb, u64 ino)
{
	struct demo_inode *inode = demo_new_inode(sb);

	return inode ? inode : ERR_PTR(-ENOMEM);
}

struct demo_inode *demo_lookup_space_inode(struct demo_sb *sb, struct demo_trans *trans, u64 ino)
{
	struct demo_path *path = kmem_cache_zalloc(demo_path_cache, GFP_NOFS);

	if (!path)
		return ERR_PTR(-ENOMEM);
	if (demo_search(trans, path, ino))
		return ERR_PTR(-ENOENT);
	return demo_iget(sb, ino);
}
