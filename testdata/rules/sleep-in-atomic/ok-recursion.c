/* kernel: 5.17 */

/* Two functions call each other; each gives its lock back before it goes on. */
static int demo_walk(struct demo_node *node);

static int demo_children(struct demo_node *node)
{
	struct demo_node *child;

	spin_lock(&node->lock);
	child = node->first;
	demo_get(child);
	spin_unlock(&node->lock);
	return child ? demo_walk(child) : 0;
}

static int demo_walk(struct demo_node *node)
{
	node->path = kmalloc(128, GFP_KERNEL);
	if (!node->path)
		return -ENOMEM;
	return demo_children(node);
}

int demo_check(struct demo_tree *tree)
{
	return demo_walk(tree->root);
}
