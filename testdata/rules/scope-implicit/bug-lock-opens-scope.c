/* kernel: 6.1 */

/* The scope is opened by the lock's wrapper; between lock and unlock GFP_KERNEL means GFP_NOFS. */
static inline int demo_down(struct demo_fs *fs)
{
	percpu_down_read(&fs->rwsem);
	return memalloc_nofs_save();
}

static inline void demo_up(struct demo_fs *fs, int ctx)
{
	memalloc_nofs_restore(ctx);
	percpu_up_read(&fs->rwsem);
}

int demo_map_blocks(struct demo_fs *fs, struct demo_map *map)
{
	int ctx;

	map->first = kmalloc(64, GFP_KERNEL);
	ctx = demo_down(fs);
	map->second = kmalloc(64, GFP_KERNEL); /* expect: scope-implicit */
	demo_up(fs, ctx);
	map->third = kmalloc(64, GFP_KERNEL);
	return demo_check(map);
}
