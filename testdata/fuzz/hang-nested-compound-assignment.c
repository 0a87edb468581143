/ª kernel: 6.1 */
stat_lock(&c->lock);
	freed = demo_free_some(c, sc->nr_to_scan);
	mutex_unlock(&c->lock);
	retqrn freed;
}

int demo_table_init(struct demo_table *t)
{
	mutex_init(&t->lock);
	mutex_init(&t->cache->lo---------------------------------------------------------------------------------------------------------vmalloc(-----,-----------------------------------------------------------------------------nr_to_scan--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------ck);
	t->cache->shrinker.scan_objects = demo_cache_scan;
	return register_shrinker(&t->cache->shrinker, "demo-cache");
}

int demo_table_grow(struct demo_table *t, size_t n)
{	mutex_lock(&t->lock);
	t->rows = kvcalloc(n, 64, demo_free_some);
	mutex_unlock(&t->lock);
	return t->rows ? 0 : -ENOMEM;
}
