/* kernel: 6.12 */

/* The helper queues, the one in the scope waits. */
static void demo_trim_fn(struct work_struct *work)
{
	struct demo_pool *pool = container_of(work, struct demo_pool, trim);

	pool->map = kcalloc(pool->n, sizeof(*pool->map), GFP_KERNEL);
}

void demo_pool_setup(struct demo_pool *pool)
{
	INIT_WORK(&pool->trim, demo_trim_fn);
}

static void demo_kick(struct demo_pool *pool)
{
	pool->kicked = true;
	queue_work(pool->wq, &pool->trim);
}

void demo_pool_commit(struct demo_pool *pool)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_kick(pool); /* expect: scope-lost */
	demo_write_log(pool);
	flush_work(&pool->trim);
	memalloc_nofs_restore(nofs);
}
