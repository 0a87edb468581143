/* kernel: 6.12 */

/* The branch that sleeps is for callers that pass something else. */
static int demo_start(struct demo_crypto *crypto, struct demo_node *node)
{
	if (!node) {
		crypto->queue = alloc_workqueue("demo", 0, 1);
		if (!crypto->queue)
			return -ENOMEM;
	}
	crypto->node = node;
	return 0;
}

int demo_add_node(struct demo_net *net)
{
	struct demo_node *node = demo_find_node(net);
	int err = 0;

	spin_lock_bh(&net->lock);
	if (node)
		goto exit;
	node = kzalloc(sizeof(*node), GFP_ATOMIC);
	if (!node) {
		err = -ENOMEM;
		goto exit;
	}
	err = demo_start(&node->crypto, node);
exit:
	spin_unlock_bh(&net->lock);
	return err;
}

int demo_start_first(struct demo_net *net)
{
	return demo_start(&net->crypto, NULL);
}

static void demo_completed(struct demo_desc *desc, int status)
{
	if (status == DEMO_FAILED) {
		struct demo_retry *retry = kzalloc(sizeof(*retry), GFP_KERNEL);

		if (retry)
			demo_queue_retry(desc, retry);
	}
}

void demo_abort_all(struct demo_ring *ring)
{
	struct demo_desc *desc;

	spin_lock(&ring->lock);
	list_for_each_entry(desc, &ring->descs, node)
		demo_completed(desc, DEMO_ABORTED);
	spin_unlock(&ring->lock);
}
