/* kernel: 6.1 */

/* The two call each other inside the scope, but the first call comes from outside. */
static int demo_visit(struct demo_node *node, int depth);

static int demo_visit_children(struct demo_node *node, int depth)
{
	unsigned int nofs = memalloc_nofs_save();
	int ret = 0;
	int i;

	for (i = 0; i < node->n && !ret; i++)
		ret = demo_visit(node->child[i], depth + 1);
	memalloc_nofs_restore(nofs);
	return ret;
}

static int demo_visit(struct demo_node *node, int depth)
{
	node->mark = kmalloc(sizeof(*node->mark), GFP_NOFS);
	if (!node->mark)
		return -ENOMEM;
	return demo_visit_children(node, depth);
}

int demo_check_tree(struct demo_tree *tree)
{
	return demo_visit(tree->root, 0);
}
