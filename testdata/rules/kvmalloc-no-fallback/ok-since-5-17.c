/* kernel: 5.17 */

int demo_map_set_max(struct demo_map *map, u32 max)
{
	map->state = kvmalloc(array_size(max, sizeof(*map->state)), GFP_NOFS);
	map->work = kvmalloc(map->work_size, GFP_NOIO);
	map->weights = kvcalloc(max, sizeof(u32), GFP_NOFS);
	return map->state && map->work && map->weights ? 0 : -ENOMEM;
}
