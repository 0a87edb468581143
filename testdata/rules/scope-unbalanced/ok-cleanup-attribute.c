/* kernel: 6.12 */

/* The variable closes its scope itself wherever the block is left. */
static inline void demo_nofs_end(unsigned int *flags)
{
	memalloc_nofs_restore(*flags);
}

int demo_load_table(struct demo_fs *fs, u64 start)
{
	unsigned int nofs __cleanup(demo_nofs_end) = memalloc_nofs_save();
	struct demo_table *table;

	if (start >= fs->end)
		return -EINVAL;
	table = demo_find_table(fs, start);
	if (!table)
		return -ENOENT;
	table->cache = kmalloc(table->len, GFP_KERNEL); /* expect: scope-implicit */
	if (!table->cache)
		return -ENOMEM;
	return demo_read_table(fs, table);
}

int demo_check_table(struct demo_fs *fs, u64 start)
{
	if (start & 7) {
		unsigned int nofs __cleanup(demo_nofs_end) = memalloc_nofs_save();

		return demo_repair(fs, start);
	}
	fs->scratch = kmalloc(512, GFP_KERNEL);
	return fs->scratch ? 0 : -ENOMEM;
}
