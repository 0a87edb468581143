/* kernel: 6.12 */

/* The only call in sight is inside a scope, but an operation may be called by any code that has the table. */
struct demo_tree_ops {
	int (*read_node)(struct demo_tree *tree, u64 nr);
};

static int demo_disk_read_node(struct demo_tree *tree, u64 nr)
{
	tree->buf = kmalloc(tree->node_size, GFP_NOFS);
	if (!tree->buf)
		return -ENOMEM;
	return demo_read(tree, nr);
}

const struct demo_tree_ops demo_disk_ops = {
	.read_node = demo_disk_read_node,
};

int demo_tree_walk(struct demo_tree *tree, const struct demo_tree_ops *ops)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = ops->read_node(tree, tree->root);

	memalloc_nofs_restore(nofs);
	return ret;
}
