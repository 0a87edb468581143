/* kernel: 4.16 */

/* Consumers of completions, protocols above adapters, endpoints of gadgets: none of them may sleep. */
static void demo_completion(struct ib_cq *cq, void *context)
{
	struct demo_conn *conn = context;

	conn->wc = kmalloc(sizeof(*conn->wc), GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	demo_poll(cq, conn->wc);
}

static void demo_cq_event(struct ib_event *event, void *context)
{
	demo_log(kasprintf(GFP_KERNEL, "event %d", event->event)); /* expect: sleep-in-atomic (high) */
}

static void demo_ib_event(struct ib_event_handler *handler, struct ib_event *event)
{
	struct demo_work *work = kmalloc(sizeof(*work), GFP_KERNEL); /* expect: sleep-in-atomic (high) */

	if (work)
		demo_schedule(work, event);
}

int demo_conn_create(struct demo_conn *conn)
{
	conn->cq = ib_create_cq(conn->device, demo_completion, demo_cq_event, conn, &conn->attr);
	INIT_IB_EVENT_HANDLER(&conn->handler, conn->device, demo_ib_event);
	return PTR_ERR_OR_ZERO(conn->cq);
}

static int demo_mpt_event(MPT_ADAPTER *ioc, EventNotificationReply_t *reply)
{
	struct fw_event_work *event = kzalloc(sizeof(*event), GFP_KERNEL); /* expect: sleep-in-atomic (high) */

	if (event)
		demo_add_event(ioc, event);
	return 1;
}

void demo_mpt_start(u8 context)
{
	mpt_event_register(context, demo_mpt_event);
}

static int demo_header(struct sk_buff *skb, struct net_device *dev, unsigned short type,
		       const void *daddr, const void *saddr, unsigned int len)
{
	return pskb_expand_head(skb, DEMO_HLEN, 0, GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
}

static const struct header_ops demo_header_ops = {
	.create = demo_header,
};

static int demo_construct(struct net_device *dev, struct neighbour *n)
{
	struct demo_neigh *neigh = kzalloc(sizeof(*neigh), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */

	return neigh ? demo_add(dev, n, neigh) : -ENOMEM;
}

static const struct net_device_ops demo_netdev_ops = {
	.ndo_neigh_construct = demo_construct,
};

struct demo_func {
	struct usb_function func;
	struct usb_ep *ep;
	struct usb_request *req;
};

static int demo_set_alt(struct usb_function *f, unsigned int intf, unsigned int alt)
{
	struct demo_func *func = container_of(f, struct demo_func, func);

	func->req = usb_ep_alloc_request(func->ep, GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	return func->req ? 0 : -ENOMEM;
}

void demo_bind_function(struct demo_func *func)
{
	func->func.set_alt = demo_set_alt;
}

static int demo_encrypt(struct skcipher_request *req)
{
	struct demo_ctx *ctx = skcipher_request_ctx(req);

	ctx->sg = kcalloc(4, sizeof(*ctx->sg), GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	return ctx->sg ? demo_start(ctx) : -ENOMEM;
}

static struct skcipher_alg demo_alg = {
	.encrypt = demo_encrypt,
};

static int demo_init_command(struct scsi_cmnd *cmd)
{
	cmd->host_scribble = kmalloc(64, GFP_NOIO); /* expect: sleep-in-atomic (high) */
	return cmd->host_scribble ? BLKPREP_OK : BLKPREP_DEFER;
}

static struct scsi_driver demo_scsi_driver = {
	.init_command = demo_init_command,
};
