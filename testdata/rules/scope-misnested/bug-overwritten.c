/* kernel: 6.1 */

void demo_overwritten(struct demo_fs *fs)
{
	unsigned int flags;

	flags = memalloc_nofs_save();
	demo_write(fs);
	flags = memalloc_noio_save(); /* expect: scope-misnested */
	demo_sync(fs);
	memalloc_noio_restore(flags);
}
