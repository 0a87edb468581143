/* kernel: 4.16 */

/*
 * A filesystem offers its own cached objects to reclaim; freeing them takes
 * the commit lock, which the commit itself holds while it makes its list.
 */
struct demo_fs {
	struct rw_semaphore commit_sem;
	struct demo_item *items;
};

static long demo_free_cached(struct super_block *sb, struct shrink_control *sc)
{
	struct demo_fs *fs = sb->s_fs_info;
	long freed;

	down_write(&fs->commit_sem);
	freed = demo_drop_items(fs, sc->nr_to_scan);
	up_write(&fs->commit_sem);
	return freed;
}

static long demo_nr_cached(struct super_block *sb, struct shrink_control *sc)
{
	return 64;
}

static const struct super_operations demo_sops = {
	.nr_cached_objects = demo_nr_cached,
	.free_cached_objects = demo_free_cached,
};

void demo_setup_super(struct super_block *sb, struct demo_fs *fs)
{
	init_rwsem(&fs->commit_sem);
	sb->s_op = &demo_sops;
	sb->s_fs_info = fs;
}

static int demo_build_list(struct demo_fs *fs, int n)
{
	fs->items = kcalloc(n, sizeof(*fs->items), GFP_KERNEL | __GFP_NOWARN); /* expect: reclaim-deadlock (high) */
	return fs->items ? 0 : -ENOMEM;
}

int demo_commit(struct demo_fs *fs, int n)
{
	int ret;

	down_write(&fs->commit_sem);
	ret = demo_build_list(fs, n);
	if (!ret)
		ret = demo_write_list(fs);
	up_write(&fs->commit_sem);
	return ret;
}
