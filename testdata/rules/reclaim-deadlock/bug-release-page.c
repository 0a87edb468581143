/* kernel: 5.10 */

/* Reclaim asks the filesystem to let go of a page, which takes the tree's lock. */
struct demo_tree {
	struct mutex lock;
	struct list_head dirty;
};

static int demo_releasepage(struct page *page, gfp_t gfp)
{
	struct demo_tree *tree = page->mapping->private_data;
	int ret;

	mutex_lock(&tree->lock);
	ret = demo_drop_extent(tree, page);
	mutex_unlock(&tree->lock);
	return ret;
}

static const struct address_space_operations demo_aops = {
	.releasepage = demo_releasepage,
};

void demo_tree_attach(struct address_space *mapping, struct demo_tree *tree)
{
	mutex_init(&tree->lock);
	mapping->a_ops = &demo_aops;
	mapping->private_data = tree;
}

static struct demo_state *demo_new_state(gfp_t gfp)
{
	return kmem_cache_alloc(demo_state_cache, gfp);
}

int demo_set_range(struct demo_tree *tree, u64 start, u64 end)
{
	struct demo_state *state;

	mutex_lock(&tree->lock);
	state = demo_new_state(GFP_KERNEL); /* expect: reclaim-deadlock (high) */
	if (state)
		demo_link_state(tree, state, start, end);
	mutex_unlock(&tree->lock);
	return state ? 0 : -ENOMEM;
}
