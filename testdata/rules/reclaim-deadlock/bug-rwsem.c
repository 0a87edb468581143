/* kernel: 6.12 */

/* The shrinker only reads, the other side only reads, too: a writer waiting in between is enough. */
struct demo_pool {
	struct rw_semaphore sem;
	struct shrinker *shrinker;
	void *note;
	void *table;
};

static unsigned long demo_pool_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_pool *pool = s->private_data;
	unsigned long freed;

	down_read(&pool->sem);
	freed = demo_compact(pool, sc->nr_to_scan);
	up_read(&pool->sem);
	return freed;
}

int demo_pool_init(struct demo_pool *pool)
{
	init_rwsem(&pool->sem);
	pool->shrinker = shrinker_alloc(0, "demo-pool");
	if (!pool->shrinker)
		return -ENOMEM;
	pool->shrinker->scan_objects = demo_pool_scan;
	pool->shrinker->private_data = pool;
	shrinker_register(pool->shrinker);
	return 0;
}

int demo_pool_grow(struct demo_pool *pool, size_t len)
{
	down_write(&pool->sem);
	pool->table = vzalloc(len); /* expect: reclaim-deadlock (high) */
	up_write(&pool->sem);
	down_read(&pool->sem);
	pool->note = kstrdup("grown", GFP_KERNEL); /* expect: reclaim-deadlock (high) */
	up_read(&pool->sem);
	return pool->table ? 0 : -ENOMEM;
}
