/* kernel: 5.10 */

/* Opened and closed under the same condition. */
int demo_correlated(struct demo_fs *fs, bool nofs)
{
	unsigned int flags;
	int ret;

	if (nofs)
		flags = memalloc_nofs_save();
	ret = demo_write(fs);
	if (nofs)
		memalloc_nofs_restore(flags);
	return ret;
}

int demo_correlated_field(struct demo_group *group)
{
	unsigned int flags = 0;

	if (group->flags & DEMO_GROUP_NOFS)
		flags = memalloc_nofs_save();
	demo_update(group);
	if (group->flags & DEMO_GROUP_NOFS)
		memalloc_nofs_restore(flags);
	return 0;
}
