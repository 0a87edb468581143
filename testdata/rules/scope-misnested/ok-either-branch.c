/* kernel: 6.1 */

/* Two restores, but only one of them on any way. */
int demo_either(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_write(fs);

	if (ret) {
		memalloc_nofs_restore(nofs);
		demo_report(fs, ret);
	} else {
		demo_finish(fs);
		memalloc_nofs_restore(nofs);
	}
	return ret;
}

int demo_either_kind(struct demo_fs *fs, bool io)
{
	unsigned int flags;
	int ret;

	if (io) {
		flags = memalloc_nofs_save();
		ret = demo_write(fs);
		memalloc_nofs_restore(flags);
	} else {
		flags = memalloc_noio_save();
		ret = demo_sync(fs);
		memalloc_noio_restore(flags);
	}
	return ret;
}
