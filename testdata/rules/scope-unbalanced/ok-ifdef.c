/* kernel: 6.1 */

/* Saved and restored in one configuration, neither in the other. */
int demo_ifdef(struct demo_fs *fs)
{
	int ret;
#ifdef CONFIG_DEMO_JOURNAL
	unsigned int nofs = memalloc_nofs_save();
#endif

	ret = demo_write(fs);
#ifdef CONFIG_DEMO_JOURNAL
	memalloc_nofs_restore(nofs);
#endif
	return ret;
}
