/* kernel: 5.10 */

/* The callee asks a flag; the caller under the lock says that it may sleep. */
static struct demo_req *demo_req_alloc(struct demo_dev *dev, bool can_sleep)
{
	gfp_t gfp = can_sleep ? GFP_KERNEL : GFP_ATOMIC;
	struct demo_req *req = kzalloc(sizeof(*req), gfp); /* expect: sleep-in-atomic */

	if (req)
		req->dev = dev;
	return req;
}

int demo_send_locked(struct demo_dev *dev, struct demo_msg *msg)
{
	struct demo_req *req;
	unsigned long flags;
	int ret = -ENOMEM;

	spin_lock_irqsave(&dev->lock, flags);
	req = demo_req_alloc(dev, true);
	if (req)
		ret = demo_queue(dev, req, msg);
	spin_unlock_irqrestore(&dev->lock, flags);
	return ret;
}

int demo_send_irq(struct demo_dev *dev, struct demo_msg *msg)
{
	struct demo_req *req = demo_req_alloc(dev, false);

	return req ? demo_queue(dev, req, msg) : -ENOMEM;
}
