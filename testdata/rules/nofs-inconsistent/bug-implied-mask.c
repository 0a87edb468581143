/* kernel: 6.1 */
static void *demo_window(size_t bytes)
{
	return vzalloc(bytes); /* expect: nofs-inconsistent */
}

int demo_compress(struct demo_ctx *ctx)
{
	ctx->in = kmalloc(ctx->len, GFP_NOFS);
	if (!ctx->in)
		return -ENOMEM;
	ctx->window = demo_window(ctx->window_len);
	return ctx->window ? 0 : -ENOMEM;
}
