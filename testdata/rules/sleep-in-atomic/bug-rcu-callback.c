/* kernel: 5.10 */

/* What call_rcu() calls runs in a softirq, one call above the request. */
static void demo_log_free(struct demo_node *node)
{
	struct demo_trace *trace = kmalloc(sizeof(*trace), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (trace)
		demo_trace_add(trace, node->id);
}

static void demo_node_free_rcu(struct rcu_head *head)
{
	struct demo_node *node = container_of(head, struct demo_node, rcu);

	demo_log_free(node);
	kfree(node);
}

void demo_node_remove(struct demo_node *node)
{
	hlist_del_rcu(&node->link);
	call_rcu(&node->rcu, demo_node_free_rcu);
}
