/* kernel: 6.1 */

/* The scope is opened for one kind of group only. */
int demo_mark(struct demo_group *group, struct demo_inode *inode)
{
	unsigned int nofs = 0;
	struct demo_conn *conn;

	if (group->flags & DEMO_GROUP_NOFS)
		nofs = memalloc_nofs_save();
	conn = kmem_cache_alloc(demo_conn_cache, GFP_NOFS);
	if (conn)
		demo_connect(inode, conn);
	if (group->flags & DEMO_GROUP_NOFS)
		memalloc_nofs_restore(nofs);
	return conn ? 0 : -ENOMEM;
}
