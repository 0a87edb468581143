/* kernel: 6.12 */

/* The same helpers; the wait comes when the scope is closed, or before the start. */
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
	queue_work(pool->wq, &pool->trim);
}

static void demo_settle(struct demo_pool *pool)
{
	flush_work(&pool->trim);
}

void demo_commit(struct demo_pool *pool)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_kick(pool);
	demo_write_log(pool);
	memalloc_nofs_restore(nofs);
	demo_settle(pool);
}

void demo_begin(struct demo_pool *pool)
{
	unsigned int nofs = memalloc_nofs_save();

	demo_settle(pool);
	demo_kick(pool);
	memalloc_nofs_restore(nofs);
}
