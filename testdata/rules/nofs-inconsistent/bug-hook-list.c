/* kernel: 4.16 */

/* Security modules hang their hooks into lists; the filesystem calls through them in a transaction. */
union demo_list_options {
	int (*inode_init)(struct demo_inode *inode, struct demo_label *label);
	void (*inode_free)(struct demo_inode *inode);
};

struct demo_hook {
	struct hlist_node list;
	union demo_list_options hook;
};

struct hlist_head demo_inode_init_hooks;

static int demo_integrity_inode_init(struct demo_inode *inode, struct demo_label *label)
{
	label->digest = kzalloc(32, GFP_KERNEL); /* expect: nofs-inconsistent */
	if (!label->digest)
		return -ENOMEM;
	return demo_hash(inode, label->digest);
}

static struct demo_hook demo_integrity_hook = {
	.hook.inode_init = demo_integrity_inode_init,
};

void demo_integrity_register(void)
{
	hlist_add_head(&demo_integrity_hook.list, &demo_inode_init_hooks);
}

int demo_security_inode_init(struct demo_inode *inode)
{
	struct demo_label *label = kzalloc(sizeof(*label), GFP_NOFS);
	struct demo_hook *p;
	int ret = 0;

	if (!label)
		return -ENOMEM;
	hlist_for_each_entry(p, &demo_inode_init_hooks, list) {
		ret = p->hook.inode_init(inode, label);
		if (ret)
			break;
	}
	return ret;
}
