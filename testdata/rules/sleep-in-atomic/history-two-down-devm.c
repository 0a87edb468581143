/* kernel: 4.10 */

/* The job is started under the lock; deep in the hardware code a copy of its nodes is kept. */
static int demo_hw_save(struct demo_ctx *ctx)
{
	int i;

	for (i = 0; i < DEMO_MAX_NODES; i++) {
		ctx->copy[i] = devm_kzalloc(ctx->dev, sizeof(struct demo_node), GFP_KERNEL); /* expect: sleep-in-atomic */
		if (!ctx->copy[i])
			return -ENOMEM;
		memcpy(ctx->copy[i], ctx->node[i], sizeof(struct demo_node));
	}
	return 0;
}

static int demo_hw_update(struct demo_ctx *ctx)
{
	int ret = demo_hw_build(ctx);

	if (ret)
		return ret;
	return demo_hw_save(ctx);
}

void demo_device_run(struct demo_ctx *ctx)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&ctx->core->slock, flags);
	err = demo_hw_update(ctx);
	if (!err)
		demo_hw_start(ctx);
	spin_unlock_irqrestore(&ctx->core->slock, flags);
}
