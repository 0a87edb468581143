/* kernel: 5.10 */

/* The callee asks a flag, and who holds the lock says no. */
static struct demo_req *demo_req_alloc(struct demo_dev *dev, int can_sleep)
{
	struct demo_req *req;

	if (can_sleep)
		req = kzalloc(sizeof(*req), GFP_KERNEL);
	else
		req = kzalloc(sizeof(*req), GFP_ATOMIC);
	return req;
}

static int demo_request(struct demo_dev *dev, int can_sleep)
{
	struct demo_req *req = demo_req_alloc(dev, can_sleep);

	return req ? demo_queue(dev, req) : -ENOMEM;
}

int demo_request_irqsafe(struct demo_dev *dev)
{
	int ret;

	spin_lock(&dev->lock);
	ret = demo_request(dev, 0);
	spin_unlock(&dev->lock);
	return ret;
}

int demo_request_wait(struct demo_dev *dev)
{
	return demo_request(dev, 1);
}
