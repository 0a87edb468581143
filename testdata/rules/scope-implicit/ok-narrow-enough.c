/* kernel: 6.1 */

/* The scope takes nothing away from these. */
int demo_narrow(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	fs->a = kmalloc(64, GFP_NOIO);
	fs->b = kmalloc(64, GFP_NOWAIT | __GFP_NOWARN);
	fs->c = alloc_page(GFP_NOIO | __GFP_NOMEMALLOC);
	memalloc_nofs_restore(nofs);
	return 0;
}
