/* kernel: 5.10 */

/* The walker is handed the function that it calls for each extent. */
typedef int (*demo_extent_fn)(struct demo_fs *fs, u64 start, void *arg);

static int demo_walk_extents(struct demo_fs *fs, demo_extent_fn fn, void *arg)
{
	u64 start;
	int ret = 0;

	for (start = fs->first; start < fs->end && !ret; start = demo_next(fs, start))
		ret = fn(fs, start, arg);
	return ret;
}

static int demo_collect_one(struct demo_fs *fs, u64 start, void *arg)
{
	struct demo_range *range = kmalloc(sizeof(*range), GFP_KERNEL); /* expect: nofs-inconsistent */

	if (!range)
		return -ENOMEM;
	range->start = start;
	list_add_tail(&range->list, arg);
	return 0;
}

int demo_truncate_extents(struct demo_fs *fs, struct list_head *ranges)
{
	fs->cursor = kmem_cache_alloc(fs->cursor_cache, GFP_NOFS);
	if (!fs->cursor)
		return -ENOMEM;
	return demo_walk_extents(fs, demo_collect_one, ranges);
}
