/* kernel: 5.10 */
#define kvmalloc_is_slow(gfp) ((gfp) == GFP_NOFS)

/* kvmalloc(bytes, GFP_NOFS) */
static const char *const demo_names[] = { "kvmalloc(n, GFP_NOFS)" };

bool demo_is_slow(struct demo_ops *ops)
{
	ops->mask = GFP_NOFS;
	return kvmalloc_is_slow(ops->mask) && demo_names[0];
}

void *demo_dispatch(struct demo_ops *ops, size_t n)
{
	return ops->kvmalloc(n, GFP_NOIO);
}

void demo_free(void *p)
{
	kvfree(p);
}
