/* kernel: 4.16 */

/* The careless hook hangs in a list of its own, which only an open() walks. */
union demo_list_options {
	int (*inode_init)(struct demo_inode *inode, struct demo_label *label);
	int (*file_open)(struct demo_file *file);
};

struct demo_hook {
	struct hlist_node list;
	union demo_list_options hook;
};

struct hlist_head demo_inode_init_hooks;
struct hlist_head demo_file_open_hooks;

static int demo_audit_file_open(struct demo_file *file)
{
	file->audit = kzalloc(64, GFP_KERNEL);
	return file->audit ? 0 : -ENOMEM;
}

static int demo_label_inode_init(struct demo_inode *inode, struct demo_label *label)
{
	label->text = kstrdup(inode->name, GFP_NOFS);
	return label->text ? 0 : -ENOMEM;
}

struct demo_hook demo_audit_hook = { .hook.file_open = demo_audit_file_open };
struct demo_hook demo_label_hook = { .hook.inode_init = demo_label_inode_init };

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
