/* kernel: 6.1 */

/*
 * Up to 6.8 a restore writes its cookie back: with the 0 that stands there when
 * nothing was saved, it ends a scope that a caller of this function opened.
 */
int demo_update_mark(struct demo_group *group, struct demo_mark *mark)
{
	unsigned int nofs = 0;
	int ret;

	if (group->reclaim_sensitive)
		nofs = memalloc_nofs_save();
	mutex_lock(&group->mark_mutex);
	ret = demo_attach(group, mark);
	mutex_unlock(&group->mark_mutex);
	memalloc_nofs_restore(nofs); /* expect: scope-unbalanced */
	return ret;
}
