/* kernel: 6.1 */

/* The helper tries with less and gives up; its caller was promised memory and does not look. */
static void *demo_try_alloc(size_t len, gfp_t gfp)
{
	return kmalloc(len, (gfp & ~__GFP_NOFAIL) | __GFP_NORETRY | __GFP_NOWARN);
}

void demo_log_vector(struct demo_log *log, size_t len)
{
	struct demo_vec *vec = demo_try_alloc(len, GFP_NOFS | __GFP_NOFAIL); /* expect: nofail-checked */

	vec->len = len;
	list_add_tail(&vec->list, &log->vecs);
}

int demo_log_hint(struct demo_log *log, size_t len)
{
	struct demo_vec *vec = demo_try_alloc(len, GFP_NOFS | __GFP_NOFAIL);

	if (!vec)
		return -ENOMEM;
	vec->len = len;
	return 0;
}
