/* kernel: 5.0 */

/* The tasklet's function is cast where it is registered; the request is three calls down. */
static void demo_reorder(struct demo_ieee *ieee, struct demo_rxb *rxb)
{
	struct demo_rxb **ready;

	ready = kmalloc_array(64, sizeof(*ready), GFP_KERNEL); /* expect: sleep-in-atomic */
	if (!ready)
		return;
	demo_indicate(ieee, ready, rxb);
	kfree(ready);
}

static int demo_ieee_rx(struct demo_ieee *ieee, struct sk_buff *skb)
{
	struct demo_rxb *rxb = demo_parse(ieee, skb);

	if (!rxb)
		return 0;
	demo_reorder(ieee, rxb);
	return 1;
}

static void demo_rx_normal(struct demo_priv *priv, struct sk_buff *skb)
{
	if (!demo_ieee_rx(priv->ieee, skb))
		dev_kfree_skb_any(skb);
}

static void demo_irq_rx_tasklet(struct demo_priv *priv)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(&priv->rx_queue)))
		demo_rx_normal(priv, skb);
}

void demo_init_tasks(struct demo_priv *priv)
{
	tasklet_init(&priv->rx_tasklet, (void (*)(unsigned long))demo_irq_rx_tasklet,
		     (unsigned long)priv);
}
