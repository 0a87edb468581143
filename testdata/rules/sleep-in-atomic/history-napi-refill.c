/* kernel: 5.17 */

/* Right when the device is opened, wrong when the poll function refills: one request, one finding. */
static int demo_alloc_buf(struct demo_rx *rx, struct demo_buf *buf)
{
	buf->page = alloc_page(GFP_KERNEL); /* expect: sleep-in-atomic */
	return buf->page ? 0 : -ENOMEM;
}

static void demo_post_buffers(struct demo_rx *rx)
{
	while (rx->tail != rx->head) {
		if (unlikely(demo_alloc_buf(rx, &rx->buf[rx->tail])))
			break;
		rx->tail = (rx->tail + 1) & rx->mask;
	}
}

static int demo_poll(struct napi_struct *napi, int budget)
{
	struct demo_rx *rx = container_of(napi, struct demo_rx, napi);
	int done = demo_clean(rx, budget);

	demo_post_buffers(rx);
	if (done < budget)
		napi_complete_done(napi, done);
	return done;
}

static int demo_open(struct net_device *dev)
{
	struct demo_rx *rx = netdev_priv(dev);

	demo_post_buffers(rx);
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
