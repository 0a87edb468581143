/* kernel: 6.1 */

/* The lock is taken by one helper and the request made by another; the shrinker takes it two calls down. */
struct demo_mgr {
	struct mutex mutex;
	struct shrinker shrinker;
	struct list_head bos;
};

static unsigned long demo_evict_all(struct demo_mgr *mgr, unsigned long nr)
{
	unsigned long freed;

	mutex_lock(&mgr->mutex);
	freed = demo_evict(mgr, nr);
	mutex_unlock(&mgr->mutex);
	return freed;
}

static unsigned long demo_shrink_scan(struct shrinker *s, struct shrink_control *sc)
{
	return demo_evict_all(container_of(s, struct demo_mgr, shrinker), sc->nr_to_scan);
}

static unsigned long demo_shrink_count(struct shrinker *s, struct shrink_control *sc)
{
	return 1;
}

int demo_mgr_init(struct demo_mgr *mgr)
{
	mutex_init(&mgr->mutex);
	mgr->shrinker.scan_objects = demo_shrink_scan;
	mgr->shrinker.count_objects = demo_shrink_count;
	return register_shrinker(&mgr->shrinker, "demo-mgr");
}

static void demo_mgr_lock(struct demo_mgr *mgr)
{
	mutex_lock(&mgr->mutex);
}

static int demo_bo_populate(struct demo_bo *bo)
{
	bo->pages = kvmalloc_array(bo->n, sizeof(struct page *), GFP_KERNEL); /* expect: reclaim-deadlock (medium) */
	return bo->pages ? 0 : -ENOMEM;
}

static int demo_bo_pin(struct demo_bo *bo)
{
	return bo->pages ? 0 : demo_bo_populate(bo);
}

int demo_submit(struct demo_mgr *mgr, struct demo_bo *bo)
{
	int ret;

	demo_mgr_lock(mgr);
	ret = demo_bo_pin(bo);
	mutex_unlock(&mgr->mutex);
	return ret;
}
