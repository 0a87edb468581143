/* kernel: 5.0 */

/* A request that never reclaims is the same in any scope for reclaim. */
int demo_insert(struct demo_tree *tree)
{
	unsigned int noio = memalloc_noio_save();

	spin_lock(&tree->lock);
	tree->spare = kmalloc(64, GFP_ATOMIC);
	spin_unlock(&tree->lock);
	memalloc_noio_restore(noio);
	return tree->spare ? 0 : -ENOMEM;
}
