/* kernel: 6.1 */

/* The operation may be careless: the caller opens a scope around it. */
struct demo_map_ops {
	int (*get_block)(struct demo_map *map, u64 block);
};

struct demo_map {
	const struct demo_map_ops *ops;
	void *run;
	void *trail;
};

static int demo_run_get_block(struct demo_map *map, u64 block)
{
	map->run = kmalloc(128, GFP_KERNEL);
	return map->run ? 0 : -ENOMEM;
}

const struct demo_map_ops demo_run_ops = {
	.get_block = demo_run_get_block,
};

int demo_map_writepage(struct demo_map *map, u64 block)
{
	unsigned int nofs;
	int ret;

	map->trail = kmalloc(64, GFP_NOFS);
	if (!map->trail)
		return -ENOMEM;
	nofs = memalloc_nofs_save();
	ret = map->ops->get_block(map, block);
	memalloc_nofs_restore(nofs);
	return ret;
}
