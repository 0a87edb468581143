/* kernel: 4.10 */

/* Letting go of a lock does not end the interrupt, nor the RCU section, that the code runs in. */
static void demo_complete(struct demo_udc *udc, struct demo_req *req)
{
	spin_unlock(&udc->lock);
	req->status = kmalloc(2, GFP_KERNEL); /* expect: sleep-in-atomic */
	demo_giveback(udc, req);
	spin_lock(&udc->lock);
}

static irqreturn_t demo_udc_irq(int irq, void *data)
{
	struct demo_udc *udc = data;

	spin_lock(&udc->lock);
	demo_complete(udc, udc->first);
	spin_unlock(&udc->lock);
	return IRQ_HANDLED;
}

int demo_udc_probe(struct demo_udc *udc)
{
	return request_irq(udc->irq, demo_udc_irq, 0, "demo", udc);
}

static int demo_queuecommand_lck(struct scsi_cmnd *cmd, void (*done)(struct scsi_cmnd *))
{
	struct demo_host *host = shost_priv(cmd->device->host);
	struct demo_io *io;

	spin_unlock(cmd->device->host->host_lock);
	io = mempool_alloc(host->io_pool, GFP_NOIO); /* expect: sleep-in-atomic */
	demo_send(host, io, cmd);
	spin_lock(cmd->device->host->host_lock);
	return 0;
}

static DEF_SCSI_QCMD(demo_queuecommand)

static struct scsi_host_template demo_template = {
	.queuecommand = demo_queuecommand,
};
