/* kernel: 4.16 */

/* What iterates atomically calls back in an RCU read-side section; frames are received in one, too. */
static void demo_vif_iter(void *data, u8 *mac, struct ieee80211_vif *vif)
{
	struct demo_beacon *beacon = kzalloc(sizeof(*beacon), GFP_KERNEL); /* expect: sleep-in-atomic (high) */

	if (beacon)
		demo_add_beacon(data, vif, beacon);
}

static void demo_sta_iter(void *data, struct ieee80211_sta *sta)
{
	struct demo_sta *priv = (struct demo_sta *)sta->drv_priv;

	priv->rates = kcalloc(8, sizeof(*priv->rates), GFP_KERNEL); /* expect: sleep-in-atomic (high) */
}

static void demo_can_receive(struct sk_buff *skb, void *data)
{
	struct sk_buff *copy = skb_clone(skb, GFP_KERNEL); /* expect: sleep-in-atomic (high) */

	if (copy)
		demo_queue(data, copy);
}

void demo_update_all(struct demo_dev *dev)
{
	ieee80211_iterate_active_interfaces_atomic(dev->hw, IEEE80211_IFACE_ITER_NORMAL, demo_vif_iter, dev);
	ieee80211_iterate_stations_atomic(dev->hw, demo_sta_iter, dev);
}

int demo_can_open(struct net *net, struct demo_dev *dev)
{
	return can_rx_register(net, dev->can, 0, 0, demo_can_receive, dev, "demo", NULL);
}
