/* kernel: 6.1 */
static int demo_walk(struct demo_node *node, int depth);

/* Two functions that call each other; both ask with the same care. */
static int demo_visit(struct demo_node *node, int depth)
{
	node->mark = kmalloc(16, GFP_NOFS);
	if (!node->mark)
		return -ENOMEM;
	return demo_walk(node->child, depth + 1);
}

static int demo_walk(struct demo_node *node, int depth)
{
	if (!node)
		return 0;
	node->path = kmalloc(depth + 1, GFP_NOFS);
	return demo_visit(node, depth);
}

int demo_start(struct demo_node *root)
{
	return demo_walk(root, 0);
}
