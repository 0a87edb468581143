/* kernel: 5.10 */

/* One helper fills a ring for the completion and for the opening; the mask is the callers' choice. */
static void demo_rx_done(struct urb *urb);

static int demo_submit_rx(struct demo_usb *usb, gfp_t gfp)
{
	struct urb *urb = usb_alloc_urb(0, gfp);
	int ret;

	if (!urb)
		return -ENOMEM;
	usb_fill_bulk_urb(urb, usb->udev, usb->pipe, usb->buf, usb->len, demo_rx_done, usb);
	ret = usb_submit_urb(urb, gfp);
	usb_free_urb(urb);
	return ret;
}

static void demo_rx_done(struct urb *urb)
{
	demo_submit_rx(urb->context, GFP_ATOMIC);
}

static int demo_net_open(struct net_device *dev)
{
	return demo_submit_rx(netdev_priv(dev), GFP_ATOMIC); /* expect: atomic-needless */
}

static const struct net_device_ops demo_netdev_ops = {
	.ndo_open = demo_net_open,
};

void demo_net_setup(struct net_device *dev)
{
	dev->netdev_ops = &demo_netdev_ops;
}
