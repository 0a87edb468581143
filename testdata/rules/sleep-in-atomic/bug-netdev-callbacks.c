/* kernel: 5.10 */

/* The watchdog of a transmit queue is a timer; the queue is selected with bottom halves off. */
static void demo_tx_timeout(struct net_device *dev, unsigned int txqueue)
{
	struct demo_priv *priv = netdev_priv(dev);

	priv->dump = vzalloc(priv->dump_len); /* expect: sleep-in-atomic */
	schedule_work(&priv->reset);
}

static u16 demo_select_queue(struct net_device *dev, struct sk_buff *skb, struct net_device *sb_dev)
{
	struct demo_priv *priv = netdev_priv(dev);
	struct demo_flow *flow = demo_find_flow(priv, skb);

	if (!flow)
		flow = kzalloc(sizeof(*flow), GFP_KERNEL); /* expect: sleep-in-atomic */
	return flow ? flow->queue : 0;
}

static const struct net_device_ops demo_netdev_ops = {
	.ndo_select_queue = demo_select_queue,
	.ndo_tx_timeout = demo_tx_timeout,
};

void demo_netdev_init(struct net_device *dev)
{
	dev->netdev_ops = &demo_netdev_ops;
}
