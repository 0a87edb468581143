/* kernel: 5.10 */

/* The author has told lockdep that the two locks never meet: that is a decision, not an oversight. */
struct demo_buf_pool {
	struct mutex lock;
	struct shrinker shrinker;
	void *spare;
};

static unsigned long demo_buf_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_buf_pool *p = container_of(s, struct demo_buf_pool, shrinker);
	unsigned long freed;

	mutex_lock(&p->lock);
	freed = demo_buf_free(p, sc->nr_to_scan);
	mutex_unlock(&p->lock);
	return freed;
}

int demo_buf_pool_init(struct demo_buf_pool *p)
{
	p->shrinker.scan_objects = demo_buf_scan;
	return register_shrinker(&p->shrinker);
}

int demo_buf_pool_fill(struct demo_buf_pool *p)
{
	mutex_lock(&p->lock);
	p->spare = kmalloc(512, GFP_KERNEL | __GFP_NOLOCKDEP);
	mutex_unlock(&p->lock);
	return p->spare ? 0 : -ENOMEM;
}
