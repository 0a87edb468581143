/* kernel: 6.1 */

/* The operation's only implementation allocates without the care of the function that calls it. */
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
	map->run = kmalloc(128, GFP_KERNEL); /* expect: nofs-inconsistent */
	if (!map->run)
		return -ENOMEM;
	return demo_decode_run(map, block);
}

static const struct demo_map_ops demo_run_ops = {
	.get_block = demo_run_get_block,
};

void demo_map_init(struct demo_map *map)
{
	map->ops = &demo_run_ops;
}

int demo_map_writepage(struct demo_map *map, u64 block)
{
	map->trail = kmalloc(64, GFP_NOFS);
	if (!map->trail)
		return -ENOMEM;
	return map->ops->get_block(map, block);
}
