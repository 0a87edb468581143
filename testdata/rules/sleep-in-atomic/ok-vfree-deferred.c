/* kernel: 6.1 */

/* In an interrupt, and with bottom halves off, vfree() puts the work off; vfree_atomic() always does. */
static void demo_expire(struct timer_list *t)
{
	struct demo_map *map = from_timer(map, t, timer);

	vfree(map->table);
	map->table = NULL;
}

int demo_map_init(struct demo_map *map, size_t len)
{
	timer_setup(&map->timer, demo_expire, 0);
	map->table = vmalloc(len);
	map->index = vzalloc(len);
	map->name = kstrdup("map", GFP_KERNEL);
	return 0;
}

void demo_map_drop(struct demo_map *map)
{
	spin_lock_bh(&map->lock);
	vfree(map->table);
	map->table = NULL;
	spin_unlock_bh(&map->lock);
	spin_lock(&map->lock);
	vfree_atomic(map->index);
	map->index = NULL;
	kfree(map->name);
	spin_unlock(&map->lock);
}
