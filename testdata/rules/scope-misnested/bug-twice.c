/* kernel: 5.10 */

int demo_twice(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = demo_write(fs);

	memalloc_nofs_restore(nofs);
	demo_finish(fs);
	memalloc_nofs_restore(nofs); /* expect: scope-misnested */
	return ret;
}

/* Restored where it went wrong, and then again at the label. */
int demo_twice_on_error(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret;

	ret = demo_write(fs);
	if (ret) {
		memalloc_nofs_restore(nofs);
		goto out;
	}
	demo_finish(fs);
out:
	memalloc_nofs_restore(nofs); /* expect: scope-misnested */
	return ret;
}
