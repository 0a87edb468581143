/* kernel: 5.10 */

/* The shrinker takes the lock only for reclaim that may enter the filesystem; the holder's requests never do. */
struct demo_quota {
	struct mutex lock;
	struct shrinker shrinker;
	void *dquot;
};

static unsigned long demo_quota_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_quota *q = container_of(s, struct demo_quota, shrinker);
	unsigned long freed;

	if (!(sc->gfp_mask & __GFP_FS))
		return SHRINK_STOP;
	mutex_lock(&q->lock);
	freed = demo_quota_drop(q, sc->nr_to_scan);
	mutex_unlock(&q->lock);
	return freed;
}

int demo_quota_init(struct demo_quota *q)
{
	q->shrinker.scan_objects = demo_quota_scan;
	return register_shrinker(&q->shrinker);
}

int demo_quota_get(struct demo_quota *q)
{
	mutex_lock(&q->lock);
	q->dquot = kmalloc(128, GFP_NOFS);
	mutex_unlock(&q->lock);
	return q->dquot ? 0 : -ENOMEM;
}
