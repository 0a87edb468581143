/* kernel: 4.16 */

/* Functions that are given to others, which call them at once: under their own lock, or under that of the caller. */
typedef int (*demo_visit_t)(struct demo_node *node, void *data);

static void demo_iterate(struct demo_tree *tree, demo_visit_t visit, void *data)
{
	struct demo_node *node;

	spin_lock(&tree->lock);
	list_for_each_entry(node, &tree->nodes, list) {
		if (visit(node, data))
			break;
	}
	spin_unlock(&tree->lock);
}

static void demo_walk(struct list_head *nodes, int (*visit)(struct demo_node *node, void *data), void *data)
{
	struct demo_node *node;

	list_for_each_entry(node, nodes, list)
		visit(node, data);
}

static int demo_copy(struct demo_node *node, void *data)
{
	node->copy = kmemdup(node->data, node->len, GFP_KERNEL); /* expect: sleep-in-atomic */
	return node->copy ? 0 : -ENOMEM;
}

static int demo_name(struct demo_node *node, void *data)
{
	node->name = kasprintf(GFP_KERNEL, "%s/%d", (char *)data, node->id); /* expect: sleep-in-atomic */
	return 0;
}

static int demo_count(struct demo_node *node, void *data)
{
	node->stats = kzalloc(sizeof(*node->stats), GFP_KERNEL);
	return 0;
}

void demo_copy_all(struct demo_tree *tree)
{
	demo_iterate(tree, demo_copy, NULL);
	demo_walk(&tree->nodes, demo_count, NULL);
}

void demo_name_all(struct demo_tree *tree, char *name)
{
	rcu_read_lock();
	demo_walk(&tree->nodes, &demo_name, name);
	rcu_read_unlock();
}
