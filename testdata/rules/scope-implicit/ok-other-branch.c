/* kernel: 5.10 */

/* The allocation is on the way that has left the scope, or never entered it. */
int demo_branch(struct demo_fs *fs, bool journal)
{
	unsigned int nofs;

	if (journal) {
		nofs = memalloc_nofs_save();
		demo_write(fs, NULL);
		memalloc_nofs_restore(nofs);
	} else {
		fs->buf = kmalloc(128, GFP_KERNEL);
	}
	return 0;
}

int demo_early_out(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();

	if (demo_write(fs, NULL)) {
		memalloc_nofs_restore(nofs);
		fs->error = kmalloc(128, GFP_KERNEL);
		return -EIO;
	}
	memalloc_nofs_restore(nofs);
	return 0;
}
