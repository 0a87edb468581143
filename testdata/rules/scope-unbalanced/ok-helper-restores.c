/* kernel: 6.1 */

/* The helper closes what it is handed. */
static void demo_end(struct demo_fs *fs, unsigned int nofs)
{
	demo_unlock(fs);
	memalloc_nofs_restore(nofs);
}

int demo_work(struct demo_fs *fs)
{
	unsigned int nofs;
	int ret;

	nofs = memalloc_nofs_save();
	demo_lock(fs);
	ret = demo_write(fs);
	demo_end(fs, nofs);
	return ret;
}
