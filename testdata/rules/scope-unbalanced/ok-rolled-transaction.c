/* kernel: 6.1 */

/* Rolling moves the cookie from the old transaction to the new one: still one scope, closed once. */
struct demo_trans {
	unsigned int pflags;
	struct demo_mount *mp;
};

static inline void demo_set_context(struct demo_trans *tp)
{
	tp->pflags = memalloc_nofs_save();
}

static inline void demo_clear_context(struct demo_trans *tp)
{
	memalloc_nofs_restore(tp->pflags);
}

static inline void demo_switch_context(struct demo_trans *old, struct demo_trans *new)
{
	new->pflags = old->pflags;
	old->pflags = 0;
}

static struct demo_trans *demo_dup(struct demo_trans *tp)
{
	struct demo_trans *ntp = kmem_cache_zalloc(demo_trans_cache, GFP_NOFS | __GFP_NOFAIL); /* expect: scope-redundant */

	ntp->mp = tp->mp;
	demo_switch_context(tp, ntp);
	return ntp;
}

int demo_unmap_range(struct demo_mount *mp, int extents)
{
	struct demo_trans *tp = demo_trans_get(mp);
	int i;

	demo_set_context(tp);
	for (i = 0; i < extents; i++) {
		struct demo_trans *ntp = demo_dup(tp);

		demo_log(tp);
		tp = ntp;
	}
	demo_clear_context(tp);
	return demo_log(tp);
}
