/* kernel: 6.1 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL); /* expect: scope-implicit */
}

static void *demo_new_deep(size_t len)
{
	return demo_new(len + 16);
}

int demo_direct(struct demo_fs *fs)
{
	unsigned int nofs;

	fs->a = kmalloc(64, GFP_NOFS);
	nofs = memalloc_nofs_save();
	fs->b = demo_new(64);
	fs->c = demo_new_deep(64);
	memalloc_nofs_restore(nofs);
	return 0;
}
