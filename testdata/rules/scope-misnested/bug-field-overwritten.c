/* kernel: 5.17 */

/*
 * One object, one place for the cookie, and a function that begins again while
 * it is still inside: the first cookie is gone and NOFS stays on.
 */
struct demo_ctx {
	unsigned int nofs;
	struct rw_semaphore sem;
};

static void demo_ctx_begin(struct demo_ctx *ctx)
{
	ctx->nofs = memalloc_nofs_save();
	demo_note_begin(ctx);
}

static void demo_ctx_end(struct demo_ctx *ctx)
{
	demo_note_end(ctx);
	memalloc_nofs_restore(ctx->nofs);
}

int demo_balance(struct demo_ctx *ctx, struct demo_group *group)
{
	int ret;

	demo_ctx_begin(ctx);
	ret = demo_relocate(group);
	if (!ret) {
		demo_ctx_begin(ctx); /* expect: scope-misnested */
		ret = demo_drop(group);
		demo_ctx_end(ctx);
	}
	demo_ctx_end(ctx);
	return ret;
}
