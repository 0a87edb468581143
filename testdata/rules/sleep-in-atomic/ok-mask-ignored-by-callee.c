/* kernel: 6.1 */

/* The interrupt hands a mask to a function that puts a request into a list and allocates nothing. */
static int demo_ep_queue(struct demo_ep *ep, struct demo_req *req, gfp_t gfp_flags)
{
	unsigned long flags;

	spin_lock_irqsave(&ep->lock, flags);
	list_add_tail(&req->queue, &ep->queue);
	spin_unlock_irqrestore(&ep->lock, flags);
	return 0;
}

static irqreturn_t demo_udc_irq(int irq, void *data)
{
	struct demo_udc *udc = data;

	demo_ep_queue(udc->ep0, udc->ep0_req, GFP_KERNEL);
	return IRQ_HANDLED;
}

int demo_udc_start(struct demo_udc *udc)
{
	return request_irq(udc->irq, demo_udc_irq, 0, "demo-udc", udc);
}
