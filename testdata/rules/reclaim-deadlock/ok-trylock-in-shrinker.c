/* kernel: 5.10 */

/* The shrinker only tries; without the lock it gives up. */
struct demo_cache {
	struct mutex lock;
	struct shrinker shrinker;
	void *obj;
};

static unsigned long demo_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_cache *c = container_of(s, struct demo_cache, shrinker);
	unsigned long freed;

	if (!mutex_trylock(&c->lock))
		return SHRINK_STOP;
	freed = demo_free_some(c, sc->nr_to_scan);
	mutex_unlock(&c->lock);
	return freed;
}

int demo_cache_init(struct demo_cache *c)
{
	mutex_init(&c->lock);
	c->shrinker.scan_objects = demo_scan;
	return register_shrinker(&c->shrinker);
}

int demo_cache_add(struct demo_cache *c)
{
	mutex_lock(&c->lock);
	c->obj = kzalloc(64, GFP_KERNEL);
	mutex_unlock(&c->lock);
	return c->obj ? 0 : -ENOMEM;
}
