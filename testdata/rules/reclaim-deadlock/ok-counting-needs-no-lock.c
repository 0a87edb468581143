/* kernel: 6.1 */

/* Only the unregistering side takes the lock around the shrinker; the shrinker itself runs without it. */
struct demo_pool {
	struct mutex lock;
	struct shrinker shrinker;
	atomic_long_t pages;
	void *chunk;
};

static unsigned long demo_pool_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_pool *pool = container_of(s, struct demo_pool, shrinker);

	return demo_pool_free_lockless(pool, sc->nr_to_scan);
}

int demo_pool_init(struct demo_pool *pool)
{
	mutex_init(&pool->lock);
	pool->shrinker.scan_objects = demo_pool_scan;
	return register_shrinker(&pool->shrinker, "demo-pool");
}

void demo_pool_stop(struct demo_pool *pool)
{
	mutex_lock(&pool->lock);
	unregister_shrinker(&pool->shrinker);
	mutex_unlock(&pool->lock);
}

int demo_pool_add(struct demo_pool *pool)
{
	mutex_lock(&pool->lock);
	pool->chunk = kmalloc(4096, GFP_KERNEL);
	mutex_unlock(&pool->lock);
	return pool->chunk ? 0 : -ENOMEM;
}
