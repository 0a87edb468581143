/* kernel: 6.1 */

/* Freeing what vmalloc gave may sleep; a spinlock held by a task does not defer it. */
struct demo_map {
	spinlock_t lock;
	u32 *bits;
	void *shadow;
	size_t len;
};

int demo_map_init(struct demo_map *map, size_t len)
{
	spin_lock_init(&map->lock);
	map->bits = kvcalloc(len, sizeof(u32), GFP_KERNEL);
	map->shadow = vzalloc(len * sizeof(u32));
	map->len = len;
	return map->bits && map->shadow ? 0 : -ENOMEM;
}

void demo_map_reset(struct demo_map *map)
{
	spin_lock(&map->lock);
	kvfree(map->bits); /* expect: sleep-in-atomic */
	vfree(map->shadow); /* expect: sleep-in-atomic */
	map->bits = NULL;
	map->shadow = NULL;
	spin_unlock(&map->lock);
}
