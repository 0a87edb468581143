/* kernel: 6.1 */
static void *demo_node(void)
{
	/* gfplint: ignore[contradictory-flag] a typing error */ /* expect: ignore-ineffective */
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); /* expect: contradictory-flags */
}
