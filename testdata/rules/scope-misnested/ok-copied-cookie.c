/* kernel: 5.10 */

/* The cookie goes through another variable. */
int demo_copied(struct demo_fs *fs)
{
	unsigned int saved, nofs;
	int ret;

	saved = memalloc_nofs_save();
	nofs = saved;
	ret = demo_write(fs);
	memalloc_nofs_restore(nofs);
	return ret;
}
