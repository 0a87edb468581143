/* kernel: 6.12 */

/* The helper returns the cookie; the caller that received it leaves without giving it back. */
static inline int demo_writepages_down_read(struct super_block *sb)
{
	percpu_down_read(&DEMO_SB(sb)->s_writepages_rwsem);
	return memalloc_nofs_save();
}

static inline void demo_writepages_up_read(struct super_block *sb, int ctx)
{
	memalloc_nofs_restore(ctx);
	percpu_up_read(&DEMO_SB(sb)->s_writepages_rwsem);
}

int demo_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	struct super_block *sb = mapping->host->i_sb;
	int alloc_ctx;
	int ret;

	if (demo_forced_shutdown(sb))
		return -EIO;
	alloc_ctx = demo_writepages_down_read(sb);
	ret = demo_do_writepages(mapping, wbc);
	if (ret == -EROFS)
		return ret; /* expect: scope-unbalanced */
	if (!ret && wbc->nr_to_write > 0)
		ret = demo_do_writepages(mapping, wbc);
	demo_writepages_up_read(sb, alloc_ctx);
	return ret;
}
