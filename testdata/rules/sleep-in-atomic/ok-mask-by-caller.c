/* kernel: 5.17 */

/* The poll function and the open function call the same code, each with a mask of its own. */
static int demo_alloc_buf(struct demo_rx *rx, struct demo_buf *buf, gfp_t gfp)
{
	buf->page = alloc_page(gfp);
	return buf->page ? 0 : -ENOMEM;
}

static void demo_post_buffers(struct demo_rx *rx, gfp_t gfp)
{
	while (rx->tail != rx->head) {
		if (demo_alloc_buf(rx, &rx->buf[rx->tail], gfp))
			break;
		rx->tail = (rx->tail + 1) & rx->mask;
	}
}

static int demo_poll(struct napi_struct *napi, int budget)
{
	struct demo_rx *rx = container_of(napi, struct demo_rx, napi);

	demo_post_buffers(rx, GFP_ATOMIC);
	return demo_clean(rx, budget);
}

static int demo_open(struct net_device *dev)
{
	struct demo_rx *rx = netdev_priv(dev);

	demo_post_buffers(rx, GFP_KERNEL);
	napi_enable(&rx->napi);
	return 0;
}

static const struct net_device_ops demo_ops = {
	.ndo_open = demo_open,
};

void demo_setup(struct net_device *dev, struct demo_rx *rx)
{
	dev->netdev_ops = &demo_ops;
	netif_napi_add(dev, &rx->napi, demo_poll, 64);
}
