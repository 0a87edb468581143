/* kernel: 5.10 */

/* Reclaim calls the shrinker, the shrinker takes the mutex that the task which reclaims already holds. */
struct demo_cache {
	struct mutex lock;
	struct list_head lru;
	struct shrinker shrinker;
	unsigned long count;
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

static unsigned long demo_count(struct shrinker *s, struct shrink_control *sc)
{
	return container_of(s, struct demo_cache, shrinker)->count;
}

int demo_cache_init(struct demo_cache *c)
{
	mutex_init(&c->lock);
	c->shrinker.count_objects = demo_count;
	c->shrinker.scan_objects = demo_scan;
	c->shrinker.seeks = DEFAULT_SEEKS;
	return register_shrinker(&c->shrinker);
}

int demo_cache_add(struct demo_cache *c, u64 key)
{
	struct demo_obj *obj;

	mutex_lock(&c->lock);
	obj = kzalloc(sizeof(*obj), GFP_KERNEL); /* expect: reclaim-deadlock (high) */
	if (obj) {
		obj->key = key;
		list_add(&obj->lru, &c->lru);
		c->count++;
	}
	mutex_unlock(&c->lock);
	return obj ? 0 : -ENOMEM;
}
