/* kernel: 6.1 */

/* The scope comes with the lock; the last wait is for the whole queue to end. */
static void demo_evict_fn(struct work_struct *work)
{
	struct demo_bo *bo = container_of(work, struct demo_bo, evict);

	bo->shadow = kvmalloc(bo->size, GFP_KERNEL);
	if (bo->shadow)
		demo_copy_out(bo);
}

static void demo_mes_lock(struct demo_mes *mes)
{
	mutex_lock(&mes->mutex);
	mes->saved = memalloc_nofs_save();
}

static void demo_mes_unlock(struct demo_mes *mes)
{
	memalloc_nofs_restore(mes->saved);
	mutex_unlock(&mes->mutex);
}

void demo_bo_init(struct demo_bo *bo)
{
	INIT_WORK(&bo->evict, demo_evict_fn);
}

void demo_mes_teardown(struct demo_mes *mes, struct demo_bo *bo)
{
	demo_mes_lock(mes);
	queue_work(mes->wq, &bo->evict); /* expect: scope-lost */
	destroy_workqueue(mes->wq);
	demo_mes_unlock(mes);
}
