/* kernel: 6.12 */

/* Callbacks that are told by an argument when they must not sleep, and listen. */
static struct posix_acl *demo_get_acl(struct inode *inode, int type, bool rcu)
{
	struct demo_acl *raw;

	if (rcu)
		return ERR_PTR(-ECHILD);
	raw = kzalloc(demo_acl_size(inode, type), GFP_KERNEL);
	return demo_from_raw(raw);
}

static const char *demo_get_link(struct dentry *dentry, struct inode *inode, struct delayed_call *done)
{
	char *link;

	if (!dentry)
		return ERR_PTR(-ECHILD);
	link = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!link)
		return ERR_PTR(-ENOMEM);
	set_delayed_call(done, kfree_link, link);
	return link;
}

static int demo_ask(struct inode *inode, int mask)
{
	struct demo_op *op = kzalloc(sizeof(*op), GFP_KERNEL);

	return op ? demo_call(op, inode, mask) : -ENOMEM;
}

static int demo_permission(struct mnt_idmap *idmap, struct inode *inode, int mask)
{
	if (mask & MAY_NOT_BLOCK)
		return -ECHILD;
	mask &= MAY_READ | MAY_WRITE | MAY_EXEC;
	return mask ? demo_ask(inode, mask) : 0;
}

static int demo_revalidate(struct dentry *dentry, unsigned int flags)
{
	if (flags & LOOKUP_RCU)
		return -ECHILD;
	return demo_ask(d_inode(dentry), 0);
}

static const struct inode_operations demo_iops = {
	.permission = demo_permission,
	.get_link = demo_get_link,
	.get_inode_acl = demo_get_acl,
};

static const struct dentry_operations demo_dops = {
	.d_revalidate = demo_revalidate,
};

static int demo_gpio_get(struct gpio_chip *chip, unsigned int offset)
{
	struct demo_bridge *bridge = gpiochip_get_data(chip);

	return usb_control_msg(bridge->udev, bridge->pipe, 1, 2, 0, offset, bridge->buf, 1, 100);
}

int demo_probe(struct demo_bridge *bridge)
{
	bridge->chip.get = demo_gpio_get;
	bridge->chip.can_sleep = true;
	demo_use(&demo_iops, &demo_dops);
	return devm_gpiochip_add_data(bridge->dev, &bridge->chip, bridge);
}
