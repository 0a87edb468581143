/* kernel: 4.16 */

/* The restriction is computed: a flag taken away, or the mapping's own mask. */
void *demo_take_away(size_t bytes)
{
	gfp_t gfp = GFP_KERNEL;

	gfp &= ~__GFP_FS;
	return __vmalloc(bytes, gfp | __GFP_ZERO, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

static void *demo_strip(size_t bytes, gfp_t gfp_mask)
{
	return __vmalloc(bytes, gfp_mask & ~__GFP_FS, PAGE_KERNEL);
}

void *demo_strip_kernel(size_t bytes)
{
	return demo_strip(bytes, GFP_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_direct(size_t bytes)
{
	return kvmalloc(bytes, GFP_KERNEL & ~__GFP_FS); /* expect: vmalloc-restricted */
}

void *demo_mapping(struct address_space *mapping, size_t bytes)
{
	return kvzalloc(bytes, mapping_gfp_constraint(mapping, ~__GFP_FS)); /* expect: vmalloc-restricted */
}

void *demo_mapping_kernel(struct address_space *mapping, size_t bytes)
{
	return kvzalloc(bytes, mapping_gfp_constraint(mapping, GFP_KERNEL));
}

void *demo_page(struct address_space *mapping)
{
	return kmalloc(4096, mapping_gfp_constraint(mapping, ~__GFP_FS));
}
