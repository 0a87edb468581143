/* kernel: 4.16 */

/* In this version the flag keeps kvmalloc in its first attempt. */
void demo_map_init(struct demo_map *map)
{
	map->entries = kvmalloc(128 * 1024, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
	map->bits = kvzalloc(1 << 20, GFP_KERNEL | __GFP_NOFAIL); /* expect: nofail-order */
}
