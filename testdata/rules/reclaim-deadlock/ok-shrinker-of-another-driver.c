/* kernel: 6.12 */

/* A shared lock helper: one driver's shrinker takes a lock of its own kind, the other driver holds one of its own. */
struct demo_gpu {
	struct mutex bo_lock;
	struct shrinker *shrinker;
};

struct demo_npu {
	struct mutex job_lock;
	void *job;
};

static unsigned long demo_gpu_scan(struct shrinker *s, struct shrink_control *sc)
{
	struct demo_gpu *gpu = s->private_data;
	unsigned long freed;

	mutex_lock(&gpu->bo_lock);
	freed = demo_gpu_purge(gpu, sc->nr_to_scan);
	mutex_unlock(&gpu->bo_lock);
	return freed;
}

int demo_gpu_init(struct demo_gpu *gpu)
{
	gpu->shrinker = shrinker_alloc(0, "demo-gpu");
	if (!gpu->shrinker)
		return -ENOMEM;
	gpu->shrinker->scan_objects = demo_gpu_scan;
	gpu->shrinker->private_data = gpu;
	shrinker_register(gpu->shrinker);
	return 0;
}

int demo_npu_submit(struct demo_npu *npu)
{
	mutex_lock(&npu->job_lock);
	npu->job = kzalloc(256, GFP_KERNEL);
	mutex_unlock(&npu->job_lock);
	return npu->job ? 0 : -ENOMEM;
}
