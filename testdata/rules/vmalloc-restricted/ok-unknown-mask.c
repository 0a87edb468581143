/* kernel: 4.16 */

/* What these masks are is not known here. */
void *demo_of_mapping(struct address_space *mapping, size_t bytes)
{
	return __vmalloc(bytes, mapping_gfp_mask(mapping), PAGE_KERNEL);
}

void *demo_of_pool(struct demo_pool *pool, size_t bytes)
{
	return kvmalloc(bytes, pool->gfp_mask);
}
