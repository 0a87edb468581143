/* kernel: 6.12 */

/* "Forget all restrictions": nothing was saved here, and since 6.9 this does not clear anything. */
static int demo_reclaim_anon(struct demo_pool *pool, unsigned long nr)
{
	memalloc_nofs_restore(0); /* expect: scope-unbalanced */
	return demo_shrink(pool, nr);
}

int demo_pool_trim(struct demo_pool *pool)
{
	if (pool->pages < pool->low)
		return 0;
	return demo_reclaim_anon(pool, pool->pages - pool->low);
}
