/* kernel: 6.12 */

/* Devices that are fast have a spinlock, others a mutex, and the mask goes with it. */
void *demo_cache_slot(struct demo_map *map)
{
	void *slot;

	if (map->fast_io) {
		spin_lock(&map->spinlock);
		slot = kzalloc(map->slot_size, GFP_ATOMIC);
	} else {
		mutex_lock(&map->mutex);
		slot = kzalloc(map->slot_size, GFP_KERNEL);
	}
	if (slot)
		map->slots++;
	if (map->fast_io)
		spin_unlock(&map->spinlock);
	else
		mutex_unlock(&map->mutex);
	return slot;
}
