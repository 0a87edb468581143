/* kernel: 4.16 */

int demo_outside(struct demo_fs *fs)
{
	unsigned int nofs;
	void *p = kmalloc(128, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	nofs = memalloc_nofs_save();
	demo_write(fs, p);
	memalloc_nofs_restore(nofs);
	fs->next = kmalloc(128, GFP_KERNEL);
	return 0;
}
