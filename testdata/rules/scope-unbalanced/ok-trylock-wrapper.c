/* kernel: 6.12 */

/* Without the lock there is no scope: the way out that did not get it has nothing to close. */
static inline bool demo_eviction_trylock(struct demo_vm *vm)
{
	if (mutex_trylock(&vm->eviction_lock)) {
		vm->saved_flags = memalloc_noreclaim_save();
		return true;
	}
	return false;
}

static inline void demo_eviction_unlock(struct demo_vm *vm)
{
	memalloc_noreclaim_restore(vm->saved_flags);
	mutex_unlock(&vm->eviction_lock);
}

bool demo_evictable(struct demo_bo *bo)
{
	bool busy;

	if (!demo_eviction_trylock(bo->vm))
		return false;
	busy = bo->vm->last_update && !demo_fence_signaled(bo->vm->last_update);
	if (!busy)
		bo->vm->evicting = true;
	demo_eviction_unlock(bo->vm);
	return !busy;
}

void demo_evict_all(struct demo_device *dev)
{
	struct demo_vm *vm;

	list_for_each_entry(vm, &dev->vms, list) {
		if (!demo_eviction_trylock(vm))
			continue;
		vm->evicting = true;
		demo_eviction_unlock(vm);
	}
}
