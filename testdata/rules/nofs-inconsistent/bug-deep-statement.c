/* kernel: 5.0 */

/* Three calls down, each call a statement of its own. */
static void demo_note(struct demo_tree *tree)
{
	tree->note = kmalloc(64, GFP_KERNEL); /* expect: nofs-inconsistent */
}

static void demo_account(struct demo_tree *tree)
{
	demo_note(tree);
}

static void demo_update(struct demo_tree *tree)
{
	tree->generation++;
	demo_account(tree);
}

int demo_insert(struct demo_tree *tree)
{
	tree->node = kmalloc(64, GFP_NOFS);
	if (!tree->node)
		return -ENOMEM;
	demo_update(tree);
	return 0;
}
