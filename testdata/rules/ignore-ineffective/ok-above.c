/* kernel: 6.1 */
static void *demo_node(void)
{
	void *node;

	/*
	 * gfplint: ignore[contradictory-flags] a reason may
	 * take more than one line
	 */
	node =
		kmalloc(64,
			GFP_KERNEL | GFP_NOFS);
	return node;
}
