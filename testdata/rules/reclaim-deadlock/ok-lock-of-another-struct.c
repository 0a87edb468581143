/* kernel: 6.1 */

/* Both fields are called lock, and belong to different things; the request holds the one that reclaim leaves alone. */
struct demo_cache {
	struct mutex lock;
	struct shrinker shrinker;
};

struct demo_table {
	struct mutex lock;
	struct demo_cache *cache;
	void *rows;
};

static unsigned long demo_cache_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_cache *c = container_of(s, struct demo_cache, shrinker);
	unsigned long freed;

	mutex_lock(&c->lock);
	freed = demo_free_some(c, sc->nr_to_scan);
	mutex_unlock(&c->lock);
	return freed;
}

int demo_table_init(struct demo_table *t)
{
	mutex_init(&t->lock);
	mutex_init(&t->cache->lock);
	t->cache->shrinker.scan_objects = demo_cache_scan;
	return register_shrinker(&t->cache->shrinker, "demo-cache");
}

int demo_table_grow(struct demo_table *t, size_t n)
{
	mutex_lock(&t->lock);
	t->rows = kvcalloc(n, 64, GFP_KERNEL);
	mutex_unlock(&t->lock);
	return t->rows ? 0 : -ENOMEM;
}
