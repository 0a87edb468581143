/* kernel: 5.0 */

/* A wrapper that turns the mask into a scope. */
void *demo_kvmalloc(size_t size, gfp_t flags)
{
	void *p;

	if ((flags & (__GFP_IO | __GFP_FS)) == (__GFP_IO | __GFP_FS)) {
		p = kvmalloc(size, flags);
	} else if ((flags & (__GFP_IO | __GFP_FS)) == __GFP_IO) {
		unsigned int nofs_flag = memalloc_nofs_save();
		p = kvmalloc(size, GFP_KERNEL); /* expect: scope-implicit (low) */
		memalloc_nofs_restore(nofs_flag);
	} else {
		unsigned int noio_flag = memalloc_noio_save();
		p = kvmalloc(size, GFP_KERNEL); /* expect: scope-implicit (low) */
		memalloc_noio_restore(noio_flag);
	}

	return p;
}

int demo_osdmap(struct demo_map *map, size_t n)
{
	map->state = demo_kvmalloc(n * sizeof(*map->state), GFP_NOFS);
	map->weight = demo_kvmalloc(n * sizeof(*map->weight), GFP_NOIO);
	map->addr = demo_kvmalloc(n * sizeof(*map->addr), GFP_KERNEL);
	return map->state && map->weight && map->addr ? 0 : -ENOMEM;
}
