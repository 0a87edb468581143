/* kernel: 6.1 */

/* Every implementation is as careful as the caller. */
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
	map->run = kmalloc(128, GFP_NOFS);
	return map->run ? 0 : -ENOMEM;
}

static int demo_direct_get_block(struct demo_map *map, u64 block)
{
	map->run = kmalloc(64, GFP_NOIO);
	return map->run ? 0 : -ENOMEM;
}

static const struct demo_map_ops demo_run_ops = {
	.get_block = demo_run_get_block,
};

static const struct demo_map_ops demo_direct_ops = {
	.get_block = demo_direct_get_block,
};

void demo_map_init(struct demo_map *map, bool direct)
{
	map->ops = direct ? &demo_direct_ops : &demo_run_ops;
}

int demo_map_writepage(struct demo_map *map, u64 block)
{
	map->trail = kmalloc(64, GFP_NOFS);
	if (!map->trail)
		return -ENOMEM;
	return map->ops->get_block(map, block);
}
