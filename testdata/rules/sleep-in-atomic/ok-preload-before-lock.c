/* kernel: 6.12 */

/* Loaded ahead before the lock is taken, or with a mask that does not sleep. */
int demo_group_index(struct demo_group *group, void *member)
{
	int id;

	idr_preload(GFP_KERNEL);
	spin_lock(&group->lock);
	id = idr_alloc(&group->members, member, 0, 0, GFP_NOWAIT);
	spin_unlock(&group->lock);
	idr_preload_end();
	return id;
}

int demo_tree_insert(struct demo_tree *tree, unsigned long index, void *entry)
{
	int err;

	err = radix_tree_maybe_preload(tree->mask);
	if (err)
		return err;
	spin_lock(&tree->lock);
	err = radix_tree_insert(&tree->root, index, entry);
	spin_unlock(&tree->lock);
	radix_tree_preload_end();
	return err;
}

int demo_retry(struct demo_group *group, void *member)
{
	spin_lock(&group->lock);
	idr_preload(GFP_ATOMIC & ~__GFP_DIRECT_RECLAIM);
	idr_preload_end();
	spin_unlock(&group->lock);
	return 0;
}
