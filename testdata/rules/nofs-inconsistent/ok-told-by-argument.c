/* kernel: 5.10 */

/* The caller says with a constant which mask is meant. */
static void *demo_get(struct demo_fs *fs, size_t len, bool nofs)
{
	return kmalloc(len, nofs ? GFP_NOFS : GFP_KERNEL);
}

int demo_write(struct demo_fs *fs)
{
	fs->a = kmalloc(64, GFP_NOFS);
	fs->b = demo_get(fs, 64, true);
	return 0;
}

int demo_mount(struct demo_fs *fs)
{
	fs->b = demo_get(fs, 64, false);
	return 0;
}
