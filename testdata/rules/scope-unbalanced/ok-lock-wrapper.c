/* kernel: 5.17 */

/* A lock that opens a scope, used with several ways out; each unlocks. */
struct demo_svm {
	struct mutex lock;
	unsigned int saved_flags;
};

static inline void demo_svm_lock(struct demo_svm *svm)
{
	mutex_lock(&svm->lock);
	svm->saved_flags = memalloc_noreclaim_save();
}

static inline void demo_svm_unlock(struct demo_svm *svm)
{
	memalloc_noreclaim_restore(svm->saved_flags);
	mutex_unlock(&svm->lock);
}

int demo_svm_map(struct demo_svm *svm, struct demo_range *range)
{
	int r;

	demo_svm_lock(svm);
	if (range->mapped) {
		demo_svm_unlock(svm);
		return -EALREADY;
	}
	r = demo_dma_map(range);
	if (r)
		goto unlock;
	r = demo_update_ptes(range);
	if (r)
		goto unmap;
	range->mapped = true;
	goto unlock;
unmap:
	demo_dma_unmap(range);
unlock:
	demo_svm_unlock(svm);
	return r;
}
