/* kernel: 4.10 */

/* A pointer that means two functions, and one request that stands behind another. */
struct demo_mac {
	int (*add_hash)(struct demo_mac *mac, const u8 *addr);
	struct demo_regs *regs;
};

struct demo_priv {
	struct demo_mac *mac;
};

static int demo_dtsec_add_hash(struct demo_mac *mac, const u8 *addr)
{
	struct demo_hash *entry = kmalloc(sizeof(*entry), GFP_KERNEL); /* expect: sleep-in-atomic */

	return entry ? demo_dtsec_set(mac->regs, entry, addr) : -ENOMEM;
}

static int demo_tgec_add_hash(struct demo_mac *mac, const u8 *addr)
{
	struct demo_hash *entry = kmalloc(sizeof(*entry), GFP_KERNEL); /* expect: sleep-in-atomic */

	return entry ? demo_tgec_set(mac->regs, entry, addr) : -ENOMEM;
}

void demo_dtsec_setup(struct demo_mac *mac)
{
	mac->add_hash = demo_dtsec_add_hash;
}

void demo_tgec_setup(struct demo_mac *mac)
{
	mac->add_hash = demo_tgec_add_hash;
}

static void demo_set_rx_mode(struct net_device *dev)
{
	struct demo_priv *priv = netdev_priv(dev);
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev)
		priv->mac->add_hash(priv->mac, ha->addr);
}

static const struct net_device_ops demo_ops = {
	.ndo_set_rx_mode = demo_set_rx_mode,
};

void demo_netdev_setup(struct net_device *dev)
{
	dev->netdev_ops = &demo_ops;
}

/* The nearest request has a mask that may well fit; the one behind it has not. */
static void demo_log(struct demo_dev *dev, bool atomic)
{
	dev->entry = kmalloc(64, dev->quiet ? GFP_ATOMIC : GFP_KERNEL); /* expect: sleep-in-atomic (low) */
}

static int demo_map(struct demo_dev *dev)
{
	dev->map = kcalloc(dev->n, sizeof(*dev->map), GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	return dev->map ? 0 : -ENOMEM;
}

static int demo_refill(struct demo_dev *dev)
{
	demo_log(dev, true);
	return demo_map(dev);
}

static void demo_rx_tasklet(unsigned long data)
{
	demo_refill((struct demo_dev *)data);
}

void demo_init(struct demo_dev *dev)
{
	tasklet_init(&dev->rx, demo_rx_tasklet, (unsigned long)dev);
}
