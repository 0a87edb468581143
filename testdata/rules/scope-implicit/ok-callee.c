/* kernel: 6.1 */

/* The callee has other callers, too; GFP_KERNEL is right there. */
static int demo_grow(struct demo_fs *fs)
{
	fs->tab = kmalloc(256, GFP_KERNEL);
	return fs->tab ? 0 : -ENOMEM;
}

int demo_in_transaction(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_grow(fs);

	memalloc_nofs_restore(nofs);
	return ret;
}

int demo_mount(struct demo_fs *fs)
{
	return demo_grow(fs);
}
