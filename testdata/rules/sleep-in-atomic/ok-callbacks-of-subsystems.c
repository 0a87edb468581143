/* kernel: 4.16 */

/* The same places where they may sleep, or are told whether they may. */
static void demo_vif_iter(void *data, u8 *mac, struct ieee80211_vif *vif)
{
	struct demo_beacon *beacon = kzalloc(sizeof(*beacon), GFP_KERNEL);

	if (beacon)
		demo_add_beacon(data, vif, beacon);
}

static void demo_sta_iter(void *data, struct ieee80211_sta *sta)
{
	struct demo_sta *priv = (struct demo_sta *)sta->drv_priv;

	priv->rates = kcalloc(8, sizeof(*priv->rates), GFP_ATOMIC);
}

void demo_update_all(struct demo_dev *dev)
{
	ieee80211_iterate_active_interfaces(dev->hw, IEEE80211_IFACE_ITER_NORMAL, demo_vif_iter, dev);
	ieee80211_iterate_stations_atomic(dev->hw, demo_sta_iter, dev);
}

static int demo_encrypt(struct skcipher_request *req)
{
	struct demo_ctx *ctx = skcipher_request_ctx(req);
	gfp_t gfp = (req->base.flags & CRYPTO_TFM_REQ_MAY_SLEEP) ? GFP_KERNEL : GFP_ATOMIC;

	ctx->sg = kcalloc(4, sizeof(*ctx->sg), gfp);
	return ctx->sg ? demo_start(ctx) : -ENOMEM;
}

static int demo_setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned int len)
{
	struct demo_key *copy = kmemdup(key, len, GFP_KERNEL);

	return copy ? demo_keep(tfm, copy) : -ENOMEM;
}

static struct skcipher_alg demo_alg = {
	.encrypt = demo_encrypt,
	.setkey = demo_setkey,
};

static void demo_done(struct ib_cq *cq, struct ib_wc *wc)
{
	demo_log(kasprintf(GFP_KERNEL, "status %d", wc->status));
}

int demo_conn_create(struct demo_conn *conn)
{
	conn->cqe.done = demo_done;
	conn->cq = ib_alloc_cq(conn->device, conn, 16, 0, IB_POLL_WORKQUEUE);
	return PTR_ERR_OR_ZERO(conn->cq);
}

static void demo_ack(struct demo_dev *dev)
{
	spin_unlock_irq(&dev->lock);
	dev->reply = kmalloc(64, GFP_KERNEL);
	spin_lock_irq(&dev->lock);
}

static irqreturn_t demo_thread(int irq, void *data)
{
	struct demo_dev *dev = data;

	spin_lock_irq(&dev->lock);
	demo_ack(dev);
	spin_unlock_irq(&dev->lock);
	return IRQ_HANDLED;
}

int demo_probe(struct demo_dev *dev)
{
	return request_threaded_irq(dev->irq, NULL, demo_thread, IRQF_ONESHOT, "demo", dev);
}
