/* kernel: 6.1 */

/* The mask may block, the place may not: it sleeps, or could never keep its promise. */
void demo_insert(struct demo_tree *tree, u64 key)
{
	struct demo_node *node;

	spin_lock(&tree->lock);
	node = kmalloc(sizeof(*node), GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-nonblocking, sleep-in-atomic */
	node->key = key;
	demo_link(tree, node);
	spin_unlock(&tree->lock);
}
