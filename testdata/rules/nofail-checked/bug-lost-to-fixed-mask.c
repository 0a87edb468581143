/* kernel: 5.10 */

/* The helper has its own idea of the mask; the caller's __GFP_NOFAIL never arrives. */
static struct demo_node *demo_node_alloc(struct demo_tree *tree, gfp_t gfp)
{
	struct demo_node *node = kmem_cache_alloc(tree->cache, GFP_NOFS); /* expect: gfp-ignored */

	if (node)
		node->tree = tree;
	return node;
}

void demo_tree_split(struct demo_tree *tree)
{
	struct demo_node *node;

	node = demo_node_alloc(tree, GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-checked */
	node->level = tree->level + 1;
	demo_move_half(tree, node);
}
