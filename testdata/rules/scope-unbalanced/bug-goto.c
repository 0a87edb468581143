/* kernel: 5.10 */

/* One of the labels lies behind the restore. */
int demo_mount(struct demo_fs *fs)
{
	unsigned int flags;
	int ret;

	ret = demo_read_super(fs);
	if (ret)
		goto out;
	flags = memalloc_noreclaim_save();
	ret = demo_read_root(fs);
	if (ret)
		goto restore;
	ret = demo_replay(fs);
	if (ret)
		goto out;
restore:
	memalloc_noreclaim_restore(flags);
	return ret;
out:
	demo_put_super(fs);
	return ret; /* expect: scope-unbalanced */
}
