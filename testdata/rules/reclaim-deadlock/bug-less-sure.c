/* kernel: 6.1 */

/* The farther the request is from the lock, and the more pointers lie between, the less sure it is. */
struct demo_ops {
	int (*populate)(struct demo_bo *bo);
};

struct demo_heap_ops {
	void *(*alloc)(struct demo_heap *heap);
};

struct demo_heap {
	const struct demo_heap_ops *ops;
	void *fixed;
	void *last;
	size_t small;
};

struct demo_mgr {
	struct mutex mutex;
	struct shrinker shrinker;
	const struct demo_ops *ops;
};

static unsigned long demo_shrink_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_mgr *mgr = container_of(s, struct demo_mgr, shrinker);
	unsigned long freed;

	mutex_lock(&mgr->mutex);
	freed = demo_evict(mgr, sc->nr_to_scan);
	mutex_unlock(&mgr->mutex);
	return freed;
}

static unsigned long demo_shrink_count(struct shrinker *s, struct shrink_control *sc)
{
	return 1;
}

static int demo_populate(struct demo_bo *bo)
{
	bo->pages = kcalloc(bo->n, sizeof(struct page *), GFP_KERNEL); /* expect: reclaim-deadlock (medium) */
	return bo->pages ? 0 : -ENOMEM;
}

static const struct demo_ops demo_ops = {
	.populate = demo_populate,
};

int demo_mgr_init(struct demo_mgr *mgr)
{
	mutex_init(&mgr->mutex);
	mgr->ops = &demo_ops;
	mgr->shrinker.scan_objects = demo_shrink_scan;
	mgr->shrinker.count_objects = demo_shrink_count;
	return register_shrinker(&mgr->shrinker, "demo-mgr");
}

int demo_pin(struct demo_mgr *mgr, struct demo_bo *bo)
{
	int ret;

	mutex_lock(&mgr->mutex);
	ret = mgr->ops->populate(bo);
	mutex_unlock(&mgr->mutex);
	return ret;
}

static void *demo_alloc_small(struct demo_heap *heap)
{
	return kzalloc(heap->small, GFP_KERNEL); /* expect: reclaim-deadlock (low) */
}

static void *demo_alloc_fixed(struct demo_heap *heap)
{
	return heap->fixed;
}

static const struct demo_heap_ops demo_small_ops = {
	.alloc = demo_alloc_small,
};

static const struct demo_heap_ops demo_fixed_ops = {
	.alloc = demo_alloc_fixed,
};

void demo_heap_init(struct demo_heap *heap, bool fixed)
{
	heap->ops = fixed ? &demo_fixed_ops : &demo_small_ops;
}

void demo_submit(struct demo_mgr *mgr, struct demo_heap *heap)
{
	mutex_lock(&mgr->mutex);
	heap->last = heap->ops->alloc(heap);
	mutex_unlock(&mgr->mutex);
}
