/* kernel: 6.12 */

/* The helper hands the cookie to its caller; this caller drops it. */
static unsigned int demo_freeze_fs(struct demo_fs *fs)
{
	down_write(&fs->freeze_sem);
	return memalloc_nofs_save();
}

static void demo_thaw_fs(struct demo_fs *fs, unsigned int nofs)
{
	memalloc_nofs_restore(nofs);
	up_write(&fs->freeze_sem);
}

int demo_sync_frozen(struct demo_fs *fs)
{
	unsigned int nofs = demo_freeze_fs(fs);
	int ret = demo_sync(fs);

	demo_thaw_fs(fs, nofs);
	return ret;
}

int demo_trim_frozen(struct demo_fs *fs)
{
	int ret;

	demo_freeze_fs(fs); /* expect: scope-misnested */
	ret = demo_trim(fs);
	up_write(&fs->freeze_sem);
	return ret;
}
