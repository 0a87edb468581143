/* kernel: 6.12 */

/* Callbacks that are told by an argument when they must not sleep, and do not listen, or too late. */
static struct posix_acl *demo_get_acl(struct inode *inode, int type, bool rcu)
{
	struct demo_acl *raw = kzalloc(demo_acl_size(inode, type), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */

	if (rcu && !raw)
		return ERR_PTR(-ECHILD);
	return demo_from_raw(raw);
}

static const char *demo_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	char *link = kmalloc(PATH_MAX, GFP_KERNEL); /* expect: sleep-in-atomic (medium) */

	if (!link)
		return ERR_PTR(-ENOMEM);
	set_delayed_call(done, kfree_link, link);
	return link;
}

static int demo_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	struct demo_op *op = kzalloc(sizeof(*op), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */

	if (mask & MAY_NOT_BLOCK)
		return -ECHILD;
	return op ? demo_call(op, inode, mask) : -ENOMEM;
}

/* What is tested is not what was passed any more. */
static int demo_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct demo_op *op;

	flags = demo_flags(dentry);
	if (flags & LOOKUP_RCU)
		return -ECHILD;
	op = kzalloc(sizeof(*op), GFP_KERNEL); /* expect: sleep-in-atomic */
	return op ? demo_call(op, d_inode(dentry), 0) : -ENOMEM;
}

static const struct dentry_operations demo_dops = {
	.d_revalidate = demo_revalidate,
};

static const struct inode_operations demo_iops = {
	.permission = demo_permission,
	.get_link = demo_get_link,
	.get_inode_acl = demo_get_acl,
};

void demo_init(struct inode *inode)
{
	inode->i_op = &demo_iops;
	demo_use(&demo_dops);
}
