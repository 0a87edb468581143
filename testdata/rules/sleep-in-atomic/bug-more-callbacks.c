/* kernel: 4.16 */

/* Each is called with a lock held or in an interrupt by the core that it is registered with. */
static int demo_play_effect(struct input_dev *dev, void *data, struct ff_effect *effect)
{
	struct demo_pad *pad = input_get_drvdata(dev);

	pad->report = kzalloc(8, GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	return pad->report ? 0 : -ENOMEM;
}

static int demo_netevent(struct notifier_block *nb, unsigned long event, void *ptr)
{
	struct demo_update *update = kmalloc(sizeof(*update), GFP_KERNEL); /* expect: sleep-in-atomic (high) */

	if (update)
		demo_queue(update, ptr);
	return NOTIFY_DONE;
}

static struct notifier_block demo_netevent_nb = {
	.notifier_call = demo_netevent,
};

static void demo_request_fn(struct request_queue *q)
{
	struct demo_dev *dev = q->queuedata;

	dev->sg = kmalloc_array(16, sizeof(*dev->sg), GFP_NOIO); /* expect: sleep-in-atomic (high) */
	demo_issue(dev, blk_fetch_request(q));
}

static void demo_channel_callback(void *context)
{
	struct demo_vsc *vsc = context;

	vsc->packet = kmalloc(vsc->size, GFP_KERNEL); /* expect: sleep-in-atomic (high) */
}

static void demo_sysrq(int key)
{
	demo_dump(kmalloc(PAGE_SIZE, GFP_KERNEL)); /* expect: sleep-in-atomic (high) */
}

static struct sysrq_key_op demo_sysrq_op = {
	.handler = demo_sysrq,
};

static int demo_activate(struct irq_domain *domain, struct irq_data *data, bool early)
{
	data->chip_data = kzalloc(32, GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	return data->chip_data ? 0 : -ENOMEM;
}

static const struct irq_domain_ops demo_domain_ops = {
	.activate = demo_activate,
};

static int demo_queuecommand_lck(struct scsi_cmnd *cmd, void (*done)(struct scsi_cmnd *))
{
	struct demo_hba *hba = demo_hba(cmd);

	hba->sense = kmalloc(96, GFP_KERNEL); /* expect: sleep-in-atomic (high) */
	return hba->sense ? 0 : SCSI_MLQUEUE_HOST_BUSY;
}

static DEF_SCSI_QCMD(demo_queuecommand)

static struct scsi_host_template demo_template = {
	.queuecommand = demo_queuecommand,
};

static void demo_rx(struct mbox_client *client, void *message)
{
	demo_store(kmemdup(message, 16, GFP_KERNEL)); /* expect: sleep-in-atomic (medium) */
}

int demo_setup(struct demo_dev *dev)
{
	dev->client.rx_callback = demo_rx;
	demo_use(&demo_domain_ops, &demo_template, &demo_sysrq_op);
	dev->queue = blk_init_queue(demo_request_fn, &dev->lock);
	register_netevent_notifier(&demo_netevent_nb);
	if (vmbus_open(dev->channel, 4096, 4096, NULL, 0, demo_channel_callback, dev))
		return -EIO;
	return input_ff_create_memless(dev->input, NULL, demo_play_effect);
}

void demo_mailbox(struct demo_dev *dev)
{
	struct mbox_client *client = &dev->client;

	client->rx_callback = demo_rx;
	dev->chan = mbox_request_channel(client, 0);
}
