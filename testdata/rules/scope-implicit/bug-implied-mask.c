/* kernel: 6.1 */

/* These take no mask and mean GFP_KERNEL. */
int demo_implied(struct demo_fs *fs, size_t bytes)
{
	unsigned int nofs = memalloc_nofs_save();

	fs->a = vmalloc(bytes); /* expect: scope-implicit */
	fs->b = vzalloc(bytes); /* expect: scope-implicit */
	memalloc_nofs_restore(nofs);
	return 0;
}
