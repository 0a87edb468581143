/* kernel: 4.16 */

/* Preloading allocates first and returns with preemption off; under the lock only what was loaded is used. */
int demo_new_node(struct demo_root *root, struct demo_node *node)
{
	int ret;

	idr_preload(GFP_KERNEL);
	spin_lock(&root->idr_lock);
	ret = idr_alloc_cyclic(&root->ids, node, 1, 0, GFP_ATOMIC);
	spin_unlock(&root->idr_lock);
	idr_preload_end();
	if (ret < 0)
		return ret;
	node->id = ret;
	return 0;
}
