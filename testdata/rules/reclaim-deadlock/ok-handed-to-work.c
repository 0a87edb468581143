/* kernel: 6.1 */

/* The shrinker does not take the lock itself: it queues a work that does, and does not wait for it. */
struct demo_store {
	struct mutex lock;
	struct shrinker shrinker;
	struct work_struct trim;
	void *entry;
};

static void demo_trim_work(struct work_struct *work)
{
	struct demo_store *st = container_of(work, struct demo_store, trim);

	mutex_lock(&st->lock);
	demo_store_trim(st);
	mutex_unlock(&st->lock);
}

static unsigned long demo_store_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_store *st = container_of(s, struct demo_store, shrinker);

	queue_work(system_unbound_wq, &st->trim);
	return SHRINK_STOP;
}

int demo_store_init(struct demo_store *st)
{
	INIT_WORK(&st->trim, demo_trim_work);
	st->shrinker.scan_objects = demo_store_scan;
	return register_shrinker(&st->shrinker, "demo-store");
}

int demo_store_add(struct demo_store *st)
{
	mutex_lock(&st->lock);
	st->entry = kmalloc(96, GFP_KERNEL);
	mutex_unlock(&st->lock);
	return st->entry ? 0 : -ENOMEM;
}
