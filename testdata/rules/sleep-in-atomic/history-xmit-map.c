/* kernel: 5.17 */

/* Transmission runs with bottom halves off; four calls down the packet is mapped. */
static int demo_dma_map(struct demo_dev *dev, struct demo_packet *packet)
{
	packet->ranges = kcalloc(packet->n, sizeof(*packet->ranges), /* expect: sleep-in-atomic */
				 GFP_KERNEL);
	if (!packet->ranges)
		return -ENOMEM;
	return demo_map_ranges(dev, packet);
}

static int demo_send_pkt(struct demo_dev *dev, struct demo_packet *packet)
{
	int ret = demo_dma_map(dev, packet);

	return ret ? ret : demo_ring_write(dev, packet);
}

static int demo_send(struct demo_dev *dev, struct demo_packet *packet)
{
	if (packet->len < dev->copy_break)
		return demo_copy(dev, packet);
	return demo_send_pkt(dev, packet);
}

static int demo_xmit(struct sk_buff *skb, struct net_device *net)
{
	struct demo_dev *dev = netdev_priv(net);

	return demo_send(dev, demo_packet(skb)) ? NETDEV_TX_BUSY : NETDEV_TX_OK;
}

static netdev_tx_t demo_start_xmit(struct sk_buff *skb, struct net_device *net)
{
	return demo_xmit(skb, net);
}

static const struct net_device_ops demo_netdev_ops = {
	.ndo_start_xmit = demo_start_xmit,
};

void demo_init(struct net_device *net)
{
	net->netdev_ops = &demo_netdev_ops;
}
