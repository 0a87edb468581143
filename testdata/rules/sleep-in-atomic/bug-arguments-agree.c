/* kernel: 6.12 */

/* The same as in ok-arguments-exclude.c, where the branch that sleeps is the one that is taken. */
static int demo_start(struct demo_crypto *crypto, struct demo_node *node)
{
	if (node) {
		crypto->queue = alloc_workqueue("demo", 0, 1); /* expect: sleep-in-atomic (high) */
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

static void demo_completed(struct demo_desc *desc, int status)
{
	if (status == DEMO_FAILED) {
		struct demo_retry *retry = kzalloc(sizeof(*retry), GFP_KERNEL); /* expect: sleep-in-atomic (high) */

		if (retry)
			demo_queue_retry(desc, retry);
	}
}

void demo_fail_all(struct demo_ring *ring)
{
	struct demo_desc *desc;

	spin_lock(&ring->lock);
	list_for_each_entry(desc, &ring->descs, node)
		demo_completed(desc, DEMO_FAILED);
	spin_unlock(&ring->lock);
}

/* The variable is another one by the time of the call. */
static void demo_fill(struct demo_ring *ring, void *buffer)
{
	if (!buffer)
		ring->spare = kmalloc(ring->size, GFP_KERNEL); /* expect: sleep-in-atomic */
}

void demo_refill(struct demo_ring *ring, void *buffer)
{
	spin_lock(&ring->lock);
	if (buffer) {
		demo_give(ring, buffer);
		buffer = demo_take(ring);
		demo_fill(ring, buffer);
	}
	spin_unlock(&ring->lock);
}
