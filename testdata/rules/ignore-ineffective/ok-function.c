/* kernel: 6.1 */
/* gfplint: ignore[contradictory-flags] generated code */
static noinline
void *demo_node(int n)
{
	if (n > 64)
		return kmalloc(n, GFP_KERNEL | GFP_NOFS);
	return kmalloc(64, GFP_NOFS | GFP_KERNEL);
}
