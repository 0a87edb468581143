/* kernel: 6.1 */

/* Two structs have a field of one name; the call goes through the other one. */
struct demo_map_ops {
	int (*get)(struct demo_map *map, u64 nr);
};

struct demo_ctl_ops {
	int (*get)(struct demo_ctl *ctl, u64 nr);
};

struct demo_map {
	const struct demo_map_ops *ops;
	void *run;
	void *trail;
};

struct demo_ctl {
	const struct demo_ctl_ops *ops;
	void *reply;
};

static int demo_run_get(struct demo_map *map, u64 nr)
{
	map->run = kmalloc(128, GFP_NOFS);
	return map->run ? 0 : -ENOMEM;
}

static int demo_user_get(struct demo_ctl *ctl, u64 nr)
{
	ctl->reply = kmalloc(nr, GFP_KERNEL);
	return ctl->reply ? 0 : -ENOMEM;
}

const struct demo_map_ops demo_run_ops = { .get = demo_run_get };
const struct demo_ctl_ops demo_user_ops = { .get = demo_user_get };

int demo_map_writepage(struct demo_map *map, u64 nr)
{
	map->trail = kmalloc(64, GFP_NOFS);
	if (!map->trail)
		return -ENOMEM;
	return map->ops->get(map, nr);
}

int demo_ctl_ioctl(struct demo_ctl *ctl, u64 nr)
{
	return ctl->ops->get(ctl, nr);
}
