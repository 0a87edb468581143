/* kernel: 6.12 */

/* A guard made by hand for the scope: it ends with its block, by whatever way that is left. */
DEFINE_LOCK_GUARD_0(demo_nofs,
		    _T->flags = memalloc_nofs_save(),
		    memalloc_nofs_restore(_T->flags),
		    unsigned int flags)

int demo_quota_write(struct demo_fs *fs, struct demo_dquot *dquot)
{
	int ret;

	guard(demo_nofs)();
	ret = demo_read_block(fs, dquot->off);
	if (ret < 0)
		return ret;
	if (!dquot->dirty)
		return 0;
	return demo_write_block(fs, dquot->off);
}

int demo_quota_sync(struct demo_fs *fs)
{
	struct demo_dquot *dquot;

	list_for_each_entry(dquot, &fs->dquots, list) {
		scoped_guard(demo_nofs) {
			if (demo_read_block(fs, dquot->off))
				break;
			if (demo_write_block(fs, dquot->off))
				return -EIO;
		}
	}
	return 0;
}
