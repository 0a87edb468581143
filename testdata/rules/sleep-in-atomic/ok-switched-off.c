/* kernel: 6.12 */

#define DEMO_DUMP 0		/* for debugging */

/* Code that a constant of the file keeps from being compiled. */
static int demo_load(struct demo_host *host)
{
#if DEMO_DUMP
	u8 *dump = dma_alloc_coherent(host->dev, 8000, &host->dump_dma, GFP_KERNEL);

	if (!dump)
		return -ENOMEM;
	demo_dump(host, dump);
#endif
	return demo_upload(host);
}

int demo_init(struct demo_host *host)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&host->lock, flags);
	err = demo_load(host);
	spin_unlock_irqrestore(&host->lock, flags);
	return err;
}
