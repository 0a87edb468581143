/* kernel: 5.0 */

/* Two calls down. */
static int demo_add_block(struct demo_tree *tree, u64 bytenr)
{
	struct demo_root *root;
	struct demo_block *block;

	root = kzalloc(sizeof(*root), GFP_KERNEL); /* expect: nofs-inconsistent */
	block = kzalloc(sizeof(*block), GFP_KERNEL); /* expect: nofs-inconsistent */
	if (!root || !block) {
		kfree(root);
		kfree(block);
		return -ENOMEM;
	}
	return demo_insert(tree, root, block, bytenr);
}

static int demo_tree_mod(struct demo_tree *tree, u64 bytenr)
{
	if (!tree->enabled)
		return 0;
	return demo_add_block(tree, bytenr);
}

int demo_inc_ref(struct demo_trans *trans, u64 bytenr)
{
	struct demo_ref *ref;

	ref = kmalloc(sizeof(*ref), GFP_NOFS);
	if (!ref)
		return -ENOMEM;
	demo_queue_ref(trans, ref);
	return demo_tree_mod(trans->tree, bytenr);
}
