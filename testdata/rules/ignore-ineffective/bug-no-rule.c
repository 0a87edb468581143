/* kernel: 6.1 */
static void *demo_node(void)
{
	/* gfplint: ignore because I say so */ /* expect: ignore-ineffective */
	return kmalloc(64, GFP_KERNEL | GFP_NOFS); /* expect: contradictory-flags */
}

static void *demo_other(void)
{
	return kmalloc(64, GFP_KERNEL); /* gfplint: ignore[] nothing between the brackets */ /* expect: ignore-ineffective */
}
