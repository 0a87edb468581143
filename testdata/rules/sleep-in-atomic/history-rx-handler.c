/* kernel: 4.16 */

/* A receive handler runs in the softirq that delivers the packet, under RCU. */
static void demo_map_ingress(struct sk_buff *skb, struct demo_port *port)
{
	if (skb_headroom(skb) < ETH_HLEN) {
		if (pskb_expand_head(skb, ETH_HLEN, 0, GFP_KERNEL)) { /* expect: sleep-in-atomic */
			kfree_skb(skb);
			return;
		}
	}
	demo_deliver(skb, port);
}

static rx_handler_result_t demo_rx_handler(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;
	struct demo_port *port = rcu_dereference(skb->dev->rx_handler_data);

	if (skb->protocol == htons(ETH_P_MAP))
		demo_map_ingress(skb, port);
	return RX_HANDLER_CONSUMED;
}

int demo_register_port(struct net_device *real_dev, struct demo_port *port)
{
	return netdev_rx_handler_register(real_dev, demo_rx_handler, port);
}
