/* kernel: 5.0 */

/* The tables of a cluster map, grown on a path that writeback waits for. */
static int demo_map_set_max(struct demo_map *map, u32 max)
{
	struct demo_addr *addr;
	u32 *state;

	state = kvmalloc(array_size(max, sizeof(*state)), GFP_NOFS); /* expect: kvmalloc-no-fallback */
	addr = kvmalloc(array_size(max, sizeof(*addr)), GFP_NOFS); /* expect: kvmalloc-no-fallback */
	if (!state || !addr) {
		kvfree(state);
		kvfree(addr);
		return -ENOMEM;
	}
	map->state = state;
	map->addr = addr;
	return 0;
}

int demo_map_decode(struct demo_map *map, u32 max)
{
	return demo_map_set_max(map, max);
}
