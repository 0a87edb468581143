/* kernel: 6.1 */

/* Six calls between the lock and the request. */
static int demo_l6(struct demo_ctx *ctx)
{
	ctx->leaf = kmalloc(32, GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	return ctx->leaf ? 0 : -ENOMEM;
}

static int demo_l5(struct demo_ctx *ctx)
{
	return ctx->leaf ? 0 : demo_l6(ctx);
}

static int demo_l4(struct demo_ctx *ctx)
{
	int ret = demo_l5(ctx);

	if (ret)
		demo_count_error(ctx);
	return ret;
}

static int demo_l3(struct demo_ctx *ctx)
{
	ctx->depth++;
	return demo_l4(ctx);
}

static int demo_l2(struct demo_ctx *ctx)
{
	return ctx->ready ? demo_l3(ctx) : -EAGAIN;
}

static int demo_l1(struct demo_ctx *ctx)
{
	return demo_l2(ctx);
}

int demo_update(struct demo_ctx *ctx)
{
	unsigned long flags;
	int ret;

	raw_spin_lock_irqsave(&ctx->lock, flags);
	ret = demo_l1(ctx);
	raw_spin_unlock_irqrestore(&ctx->lock, flags);
	return ret;
}
