/* kernel: 5.17 */

/* Beginning again is allowed: a depth decides who saves and who restores. */
struct demo_ctx {
	int depth;
	unsigned int nofs;
};

static void demo_ctx_begin(struct demo_ctx *ctx)
{
	if (ctx->depth++ == 0)
		ctx->nofs = memalloc_nofs_save();
}

static void demo_ctx_end(struct demo_ctx *ctx)
{
	if (--ctx->depth == 0)
		memalloc_nofs_restore(ctx->nofs);
}

int demo_balance(struct demo_ctx *ctx, struct demo_group *group)
{
	int ret;

	demo_ctx_begin(ctx);
	ret = demo_relocate(group);
	if (!ret) {
		demo_ctx_begin(ctx);
		ret = demo_drop(group);
		demo_ctx_end(ctx);
	}
	demo_ctx_end(ctx);
	return ret;
}
