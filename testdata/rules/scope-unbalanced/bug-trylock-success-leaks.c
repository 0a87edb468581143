/* kernel: 5.17 */

/* Opened only when the lock was got. Then it must be closed, on the error way, too. */
static bool demo_eviction_trylock(struct demo_vm *vm)
{
	if (mutex_trylock(&vm->eviction_lock)) {
		vm->saved_flags = memalloc_noreclaim_save();
		return true;
	}
	return false;
}

static void demo_eviction_unlock(struct demo_vm *vm)
{
	memalloc_noreclaim_restore(vm->saved_flags);
	mutex_unlock(&vm->eviction_lock);
}

bool demo_evictable(struct demo_bo *bo)
{
	struct demo_vm *vm = bo->vm;

	if (!demo_eviction_trylock(vm))
		return false;
	if (vm->last_update && !demo_fence_signaled(vm->last_update))
		return false; /* expect: scope-unbalanced */
	vm->evicting = true;
	demo_eviction_unlock(vm);
	return true;
}
