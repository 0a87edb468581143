/* kernel: 6.1 */

/*
 * A transaction carries the scope: allocating it opens, committing or
 * cancelling it closes. A check that was added between them returned directly.
 */
struct demo_trans {
	struct demo_mount *mp;
	unsigned int pflags;
	int reserved;
};

static int demo_trans_alloc(struct demo_mount *mp, struct demo_trans **tpp)
{
	struct demo_trans *tp = kmem_cache_zalloc(demo_trans_cache, GFP_KERNEL);

	if (!tp)
		return -ENOMEM;
	tp->mp = mp;
	tp->pflags = memalloc_nofs_save();
	*tpp = tp;
	return 0;
}

static void demo_trans_free(struct demo_trans *tp)
{
	memalloc_nofs_restore(tp->pflags);
	kmem_cache_free(demo_trans_cache, tp);
}

int demo_trans_commit(struct demo_trans *tp)
{
	int error = demo_log_commit(tp->mp, tp);

	demo_trans_free(tp);
	return error;
}

void demo_trans_cancel(struct demo_trans *tp)
{
	demo_unreserve(tp->mp, tp->reserved);
	demo_trans_free(tp);
}

int demo_change_owner(struct demo_mount *mp, struct demo_inode *ip, u32 uid)
{
	struct demo_trans *tp;
	int error;

	error = demo_trans_alloc(mp, &tp);
	if (error)
		return error;
	if (!demo_owner_may_change(ip, uid))
		return -EPERM; /* expect: scope-unbalanced */
	error = demo_join(tp, ip);
	if (error) {
		demo_trans_cancel(tp);
		return error;
	}
	ip->uid = uid;
	return demo_trans_commit(tp);
}
