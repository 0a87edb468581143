/* kernel: 4.16 */

/* Whether it may sleep is told by an argument, and the caller under the lock tells the truth. */
struct demo_meta_ops {
	int (*alloc)(struct demo_meta *mi, void *val, gfp_t gfp);
};

struct demo_meta {
	const struct demo_meta_ops *ops;
	struct list_head list;
	void *val;
};

static int demo_meta_dup(struct demo_meta *mi, void *val, gfp_t gfp)
{
	mi->val = kmemdup(val, sizeof(u32), gfp);
	return mi->val ? 0 : -ENOMEM;
}

const struct demo_meta_ops demo_dup_ops = { .alloc = demo_meta_dup };

static int demo_add_meta(struct demo_info *info, const struct demo_meta_ops *ops, void *val, bool atomic)
{
	struct demo_meta *mi = kzalloc(sizeof(*mi), atomic ? GFP_ATOMIC : GFP_KERNEL);
	int ret = 0;

	if (!mi)
		return -ENOMEM;
	mi->ops = ops;
	if (val)
		ret = ops->alloc(mi, val, atomic ? GFP_ATOMIC : GFP_KERNEL);
	list_add_tail(&mi->list, &info->metas);
	return ret;
}

int demo_use_all(struct demo_info *info, const struct demo_meta_ops *ops)
{
	int rc;

	read_lock(&demo_meta_lock);
	rc = demo_add_meta(info, ops, NULL, true);
	read_unlock(&demo_meta_lock);
	return rc;
}

int demo_populate(struct demo_info *info, const struct demo_meta_ops *ops, void *val, bool exists)
{
	int rc;

	if (exists)
		spin_lock_bh(&info->lock);
	rc = demo_add_meta(info, ops, val, exists);
	if (exists)
		spin_unlock_bh(&info->lock);
	return rc;
}
