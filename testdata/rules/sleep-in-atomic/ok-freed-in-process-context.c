/* kernel: 6.1 */

/* A mutex, or nothing at all, is held when the table is freed. */
void demo_map_destroy(struct demo_map *map)
{
	void *old;

	mutex_lock(&map->mutex);
	vfree(map->table);
	map->table = vmalloc(map->len);
	mutex_unlock(&map->mutex);
	spin_lock(&map->lock);
	old = map->index;
	map->index = NULL;
	spin_unlock(&map->lock);
	vfree(old);
}
