/* kernel: 6.1 */

/* The unlock's wrapper has closed the scope; on the way without the lock there never was one. */
static bool demo_trylock(struct demo_vm *vm)
{
	if (!mutex_trylock(&vm->lock))
		return false;
	vm->saved = memalloc_nofs_save();
	return true;
}

static void demo_unlock(struct demo_vm *vm)
{
	memalloc_nofs_restore(vm->saved);
	mutex_unlock(&vm->lock);
}

int demo_vm_update(struct demo_vm *vm)
{
	if (!demo_trylock(vm)) {
		vm->later = kmalloc(64, GFP_KERNEL);
		return -EBUSY;
	}
	demo_apply(vm);
	demo_unlock(vm);
	vm->done = kmalloc(64, GFP_KERNEL);
	return 0;
}
