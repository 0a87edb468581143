/* kernel: 5.10 */

void *demo_conditional(size_t len, bool locked)
{
	gfp_t gfp = locked ? GFP_NOFS : GFP_KERNEL;

	return kvmalloc(len, gfp); /* expect: kvmalloc-no-fallback */
}

void *demo_direct_condition(size_t len, bool locked)
{
	return kvmalloc(len, locked ? GFP_NOIO : GFP_KERNEL); /* expect: kvmalloc-no-fallback */
}

void *demo_cleared(size_t len)
{
	gfp_t gfp = GFP_KERNEL;

	gfp &= ~__GFP_FS;
	return kvmalloc(len, gfp); /* expect: kvmalloc-no-fallback */
}
