/* kernel: 4.16 */
#define DEMO_GFP (GFP_NOFS | __GFP_HIGHMEM)

void *demo_by_macro(size_t bytes)
{
	return __vmalloc(bytes, DEMO_GFP, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_by_variable(size_t bytes)
{
	gfp_t gfp = GFP_NOFS;

	gfp |= __GFP_ZERO;
	return __vmalloc(bytes, gfp, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_by_condition(size_t bytes, bool in_writeback)
{
	gfp_t gfp = in_writeback ? GFP_NOIO : GFP_KERNEL;

	return __vmalloc(bytes, gfp, PAGE_KERNEL); /* expect: vmalloc-restricted */
}

void *demo_by_clearing(size_t bytes)
{
	return __vmalloc(bytes, GFP_KERNEL & ~__GFP_FS, PAGE_KERNEL); /* expect: vmalloc-restricted */
}
