/* kernel: 4.10 */

/*
 * ndo_set_rx_mode runs under netif_addr_lock_bh(). From there the way goes
 * through two function pointers to the code of one kind of controller.
 */
struct demo_mac {
	int (*set_multi)(struct net_device *ndev, struct demo_mac *mac);
	int (*add_hash)(struct demo_regs *regs, const u8 *addr);
	struct demo_regs *regs;
};

struct demo_priv {
	struct demo_mac *mac;
};

static int demo_tsec_add_hash(struct demo_regs *regs, const u8 *addr)
{
	struct demo_hash *entry = kmalloc(sizeof(*entry), GFP_KERNEL); /* expect: sleep-in-atomic */

	if (!entry)
		return -ENOMEM;
	memcpy(entry->addr, addr, ETH_ALEN);
	return demo_hash_add(regs, entry);
}

static int demo_set_multi(struct net_device *ndev, struct demo_mac *mac)
{
	struct netdev_hw_addr *ha;
	int err = 0;

	netdev_for_each_mc_addr(ha, ndev) {
		err = mac->add_hash(mac->regs, ha->addr);
		if (err < 0)
			break;
	}
	return err;
}

void demo_mac_setup(struct demo_mac *mac)
{
	mac->set_multi = demo_set_multi;
	mac->add_hash = demo_tsec_add_hash;
}

static void demo_set_rx_mode(struct net_device *ndev)
{
	struct demo_priv *priv = netdev_priv(ndev);

	if (priv->mac->set_multi(ndev, priv->mac) < 0)
		netdev_err(ndev, "multicast filter\n");
}

static const struct net_device_ops demo_ops = {
	.ndo_set_rx_mode = demo_set_rx_mode,
};

void demo_netdev_setup(struct net_device *ndev)
{
	ndev->netdev_ops = &demo_ops;
}
