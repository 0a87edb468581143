/* kernel: 6.12 */

/* Since 6.9 a restore clears the bits in its cookie: with 0 it does nothing, so the pair is right. */
int demo_update_mark(struct demo_group *group, struct demo_mark *mark)
{
	unsigned int nofs = 0;
	int ret;

	if (group->reclaim_sensitive)
		nofs = memalloc_nofs_save();
	mutex_lock(&group->mark_mutex);
	ret = demo_attach(group, mark);
	mutex_unlock(&group->mark_mutex);
	memalloc_nofs_restore(nofs);
	return ret;
}
