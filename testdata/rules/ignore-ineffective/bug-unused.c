/* kernel: 6.1 */
/* gfplint: ignore[contradictory-flags] this function is about to go */ /* expect: ignore-ineffective */
static void *demo_node(void)
{
	return kmalloc(64, GFP_KERNEL);
}

static void *demo_other(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); /* expect: contradictory-flags */
}
