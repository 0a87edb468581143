/* kernel: 5.0 */

int demo_wrong_kind(struct demo_fs *fs)
{
	unsigned int flags;
	int ret;

	flags = memalloc_nofs_save();
	ret = demo_write(fs);
	memalloc_noio_restore(flags); /* expect: scope-misnested */
	return ret;
}
