/* kernel: 6.1 */

/* The inner scope is there only sometimes, both times under one condition. */
int demo_conditional(struct demo_fs *fs, bool noio)
{
	unsigned int nofs = memalloc_nofs_save();
	unsigned int io_flags;
	int ret;

	if (noio)
		io_flags = memalloc_noio_save();
	ret = demo_write(fs);
	if (noio)
		memalloc_noio_restore(io_flags);
	memalloc_nofs_restore(nofs);
	return ret;
}
