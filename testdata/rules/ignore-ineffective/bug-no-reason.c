/* kernel: 6.1 */
static void *demo_node(void)
{
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); /* gfplint: ignore[GFP105] */ /* expect: contradictory-flags, ignore-ineffective */
}
