/* kernel: 6.1 */
static void *demo_node(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); /* gfplint: ignore[contradictory-flags] both, on purpose */
}

static void *demo_slashes(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); // gfplint: ignore[gfp105] ids do as well
}
