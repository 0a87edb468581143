/* kernel: 6.1 */

/* The mask goes down with the call, and the caller under the lock gives one that fits. */
static int demo_l4(struct demo_ctx *ctx, gfp_t gfp)
{
	ctx->leaf = kmalloc(32, gfp);
	return ctx->leaf ? 0 : -ENOMEM;
}

static int demo_l3(struct demo_ctx *ctx, gfp_t gfp)
{
	return demo_l4(ctx, gfp | __GFP_ZERO);
}

static int demo_l2(struct demo_ctx *ctx, gfp_t gfp)
{
	return ctx->leaf ? 0 : demo_l3(ctx, gfp & ~__GFP_ACCOUNT);
}

static int demo_l1(struct demo_ctx *ctx, gfp_t gfp)
{
	return demo_l2(ctx, gfp);
}

int demo_update_locked(struct demo_ctx *ctx)
{
	int ret;

	spin_lock(&ctx->lock);
	ret = demo_l1(ctx, GFP_ATOMIC);
	spin_unlock(&ctx->lock);
	return ret;
}

int demo_update(struct demo_ctx *ctx)
{
	return demo_l1(ctx, GFP_KERNEL);
}
