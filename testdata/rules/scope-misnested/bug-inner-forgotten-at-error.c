/* kernel: 6.1 */

/* On the error way the outer scope is closed over the inner one. */
int demo_two(struct demo_fs *fs)
{
	unsigned int nofs = memalloc_nofs_save();
	unsigned int noio = memalloc_noio_save();
	int ret;

	ret = demo_step(fs, 1);
	if (ret) {
		memalloc_nofs_restore(nofs); /* expect: scope-misnested */
		memalloc_noio_restore(noio);
		return ret;
	}
	memalloc_noio_restore(noio);
	ret = demo_step(fs, 2);
	memalloc_nofs_restore(nofs);
	return ret;
}
