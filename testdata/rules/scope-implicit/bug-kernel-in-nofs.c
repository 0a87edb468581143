/* kernel: 5.17 */

/* Before and after the scope the mask is what it says. */
int demo_commit(struct demo_fs *fs)
{
	unsigned int nofs;

	fs->before = kmalloc(64, GFP_KERNEL);
	nofs = memalloc_nofs_save();
	fs->inside = kmalloc(64, GFP_KERNEL); /* expect: scope-implicit */
	fs->page = alloc_page(GFP_KERNEL | __GFP_ZERO); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
	fs->after = kmalloc(64, GFP_KERNEL);
	return 0;
}
