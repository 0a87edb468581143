/* kernel: 6.1 */
static void *demo_node(void)
{
	/* gfplint: ignore[vmalloc-restricted] a typing error */
	return kmalloc(64, GFP_KERNEL | GFP_NOFS);
}
