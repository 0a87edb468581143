/* kernel: 6.12 */

/* The helper queues and waits; that it does so inside a scope is decided by its only caller. */
static void demo_trim_fn(struct work_struct *work)
{
	struct demo_pool *pool = container_of(work, struct demo_pool, trim);

	pool->map = kcalloc(pool->n, sizeof(*pool->map), GFP_KERNEL);
	if (pool->map)
		demo_trim(pool);
}

void demo_pool_setup(struct demo_pool *pool)
{
	INIT_WORK(&pool->trim, demo_trim_fn);
}

static void demo_trim_and_wait(struct demo_pool *pool)
{
	queue_work(pool->wq, &pool->trim); /* expect: scope-lost */
	flush_work(&pool->trim);
}

int demo_pool_shrink(struct demo_pool *pool)
{
	unsigned int noio = memalloc_noio_save();

	demo_block_io(pool);
	demo_trim_and_wait(pool);
	demo_unblock_io(pool);
	memalloc_noio_restore(noio);
	return 0;
}
