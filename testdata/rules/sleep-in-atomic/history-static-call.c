/* kernel: 5.17 */

/* The architecture's operation is called by static_call(), with the routing lock held by the generic code. */
struct demo_x86_ops {
	int (*update_irte)(struct demo_vm *vm, u32 irq, bool set);
};

static int demo_ir_list_add(struct demo_vm *vm, u32 irq)
{
	struct demo_ir *ir = kzalloc(sizeof(*ir), GFP_KERNEL_ACCOUNT); /* expect: sleep-in-atomic */

	if (!ir)
		return -ENOMEM;
	ir->irq = irq;
	list_add(&ir->node, &vm->ir_list);
	return 0;
}

static int demo_svm_update_irte(struct demo_vm *vm, u32 irq, bool set)
{
	return set ? demo_ir_list_add(vm, irq) : 0;
}

static struct demo_x86_ops demo_x86_ops = {
	.update_irte = demo_svm_update_irte,
};

DEFINE_STATIC_CALL(demo_update_irte, demo_svm_update_irte);

int demo_arch_update_routing(struct demo_vm *vm, u32 irq, bool set)
{
	return static_call(demo_update_irte)(vm, irq, set);
}

void demo_routing_update(struct demo_vm *vm)
{
	struct demo_irqfd *irqfd;

	spin_lock_irq(&vm->irqfds_lock);
	list_for_each_entry(irqfd, &vm->irqfds, list) {
		if (demo_arch_update_routing(vm, irqfd->irq, true))
			pr_info("demo: failed to update\n");
	}
	spin_unlock_irq(&vm->irqfds_lock);
}
