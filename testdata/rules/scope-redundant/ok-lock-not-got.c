/* kernel: 5.17 */

/* On the way without the lock there is no scope either. */
static bool demo_vm_trylock(struct demo_vm *vm)
{
	if (!mutex_trylock(&vm->lock))
		return false;
	vm->saved = memalloc_nofs_save();
	return true;
}

static void demo_vm_unlock(struct demo_vm *vm)
{
	memalloc_nofs_restore(vm->saved);
	mutex_unlock(&vm->lock);
}

int demo_vm_note_fault(struct demo_vm *vm, u64 addr)
{
	struct demo_fault *fault;

	if (demo_vm_trylock(vm)) {
		vm->last_fault = addr;
		demo_vm_unlock(vm);
		return 0;
	}
	fault = kmalloc(sizeof(*fault), GFP_NOFS);
	if (!fault)
		return -ENOMEM;
	fault->addr = addr;
	llist_add(&fault->node, &vm->deferred);
	return 0;
}
