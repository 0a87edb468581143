/* kernel: 5.0 */
static void *demo_cache;

/* Calls that hand nothing on. */
static void demo_fill_cache(void)
{
	demo_cache = kmalloc(64, GFP_KERNEL); /* expect: nofs-inconsistent */
}

static void demo_prepare(void)
{
	demo_fill_cache();
}

int demo_insert(struct demo_tree *tree)
{
	tree->node = kmalloc(64, GFP_NOFS);
	if (!tree->node)
		return -ENOMEM;
	demo_prepare();
	return 0;
}
