/* kernel: 6.12 */

/* Loading ahead allocates, before it forbids sleeping by itself: not under a lock. */
int demo_group_index(struct demo_group *group, void *member)
{
	int id;

	spin_lock(&group->lock);
	idr_preload(GFP_KERNEL); /* expect: sleep-in-atomic */
	id = idr_alloc(&group->members, member, 0, 0, GFP_NOWAIT);
	idr_preload_end();
	spin_unlock(&group->lock);
	return id;
}

void demo_tree_insert(struct demo_tree *tree, unsigned long index, void *entry)
{
	read_lock_bh(&tree->lock);
	if (!radix_tree_preload(GFP_NOFS)) { /* expect: sleep-in-atomic */
		radix_tree_insert(&tree->root, index, entry);
		radix_tree_preload_end();
	}
	read_unlock_bh(&tree->lock);
}
