/* kernel: 6.12 */

/* The helper is told the mask; the module's start, which chose it, runs before anything of the filesystem exists. */
static struct demo_table *demo_table_new(size_t n, gfp_t gfp)
{
	return kcalloc(n, sizeof(struct demo_table), gfp);
}

int demo_table_grow(struct demo_fs *fs, size_t n)
{
	fs->table = demo_table_new(n, GFP_NOFS);
	return fs->table ? 0 : -ENOMEM;
}

static int __init demo_init(void)
{
	demo_boot_table = demo_table_new(32, GFP_NOFS); /* expect: nofs-needless */
	return demo_boot_table ? 0 : -ENOMEM;
}
module_init(demo_init);
