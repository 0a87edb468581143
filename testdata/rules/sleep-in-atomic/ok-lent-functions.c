/* kernel: 4.16 */

/* What is lent runs without the lock, is kept for later, or is a variable that has a function's name. */
static void demo_each(struct demo_tree *tree, void (*visit)(struct demo_node *node), bool locked)
{
	struct demo_node *node;

	if (locked)
		spin_lock(&tree->lock);
	list_for_each_entry(node, &tree->nodes, list)
		visit(node);
	if (locked)
		spin_unlock(&tree->lock);
}

static void demo_unlocked(struct demo_tree *tree, void (*visit)(struct demo_node *node))
{
	spin_unlock(&tree->lock);
	visit(tree->first);
	spin_lock(&tree->lock);
}

static void demo_later(struct demo_tree *tree, void (*visit)(struct demo_node *node))
{
	tree->visit = visit;
	schedule_work(&tree->work);
}

static void demo_fill(struct demo_node *node)
{
	node->data = kmalloc(node->len, GFP_KERNEL);
}

static bool demo_put(struct demo_ref *ref, void (*release)(struct demo_ref *ref))
{
	if (refcount_dec_and_test(&ref->count)) {
		release(ref);
		return true;
	}
	return false;
}

static void demo_release(struct demo_ref *ref)
{
	ref->farewell = kmalloc(16, GFP_KERNEL);
}

void demo_put_one_of_two(struct demo_tree *tree)
{
	spin_lock(&tree->lock);
	demo_put(&tree->ref, demo_release);
	spin_unlock(&tree->lock);
}

void demo_fill_all(struct demo_tree *tree)
{
	demo_each(tree, demo_fill, false);
	spin_lock(&tree->lock);
	demo_unlocked(tree, demo_fill);
	demo_later(tree, demo_fill);
	spin_unlock(&tree->lock);
}

void demo_call(struct demo_node *node, void (*demo_fill)(struct demo_node *node))
{
	rcu_read_lock();
	demo_fill(node);
	rcu_read_unlock();
}
