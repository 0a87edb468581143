/* kernel: 5.17 */

/* The lock is given up for the request and taken again. */
struct demo_cache {
	struct mutex lock;
	struct shrinker shrinker;
	size_t want;
	void *table;
};

static unsigned long demo_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_cache *c = container_of(s, struct demo_cache, shrinker);
	unsigned long freed;

	mutex_lock(&c->lock);
	freed = demo_free_some(c, sc->nr_to_scan);
	mutex_unlock(&c->lock);
	return freed;
}

int demo_cache_init(struct demo_cache *c)
{
	c->shrinker.scan_objects = demo_scan;
	return register_shrinker(&c->shrinker);
}

int demo_cache_grow(struct demo_cache *c)
{
	void *table;

	mutex_lock(&c->lock);
	if (!c->want) {
		mutex_unlock(&c->lock);
		return 0;
	}
	mutex_unlock(&c->lock);
	table = kvmalloc(c->want, GFP_KERNEL);
	mutex_lock(&c->lock);
	swap(c->table, table);
	mutex_unlock(&c->lock);
	kvfree(table);
	return 0;
}
