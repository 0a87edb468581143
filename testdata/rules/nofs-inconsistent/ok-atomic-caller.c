/* kernel: 5.17 */
static void *demo_new(size_t len)
{
	return kmalloc(len, GFP_KERNEL);
}

/* The first request is under a lock that is dropped before the call. */
int demo_insert(struct demo_tree *tree)
{
	spin_lock(&tree->lock);
	tree->node = kmalloc(64, GFP_ATOMIC);
	spin_unlock(&tree->lock);
	tree->name = demo_new(128);
	return 0;
}
