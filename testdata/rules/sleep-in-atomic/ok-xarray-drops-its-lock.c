/* kernel: 6.1 */

/* Called with the array's own lock held and a mask that may block, __xa_insert() drops the lock while it allocates. */
int demo_insert_entry(struct demo_ctx *ctx, void *entry, u32 first, u32 n)
{
	u32 i;
	int err = 0;

	xa_lock(&ctx->mmap);
	for (i = first; i < first + n; i++) {
		err = __xa_insert(&ctx->mmap, i, entry, GFP_KERNEL);
		if (err)
			break;
	}
	xa_unlock(&ctx->mmap);
	return err;
}
