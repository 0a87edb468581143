/* kernel: 6.1 */

/* Opening may sleep; setting the receive mode may not, and leaves the work to a work function. */
static void demo_rx_mode_work(struct work_struct *work)
{
	struct demo_priv *priv = container_of(work, struct demo_priv, rx_mode);

	priv->filter = kcalloc(64, sizeof(*priv->filter), GFP_KERNEL);
}

static int demo_open(struct net_device *dev)
{
	struct demo_priv *priv = netdev_priv(dev);

	priv->ring = kvcalloc(priv->n, sizeof(*priv->ring), GFP_KERNEL);
	return priv->ring ? 0 : -ENOMEM;
}

static void demo_set_rx_mode(struct net_device *dev)
{
	struct demo_priv *priv = netdev_priv(dev);

	schedule_work(&priv->rx_mode);
}

static const struct net_device_ops demo_ops = {
	.ndo_open = demo_open,
	.ndo_set_rx_mode = demo_set_rx_mode,
};

void demo_setup(struct net_device *dev, struct demo_priv *priv)
{
	INIT_WORK(&priv->rx_mode, demo_rx_mode_work);
	dev->netdev_ops = &demo_ops;
}
