/* kernel: 6.1 */

/* Under a plain spinlock a task is not in an interrupt, and with irqs off it is not "atomic": both checks say GFP_KERNEL. */
int demo_add_rule(struct demo_table *t, u32 key)
{
	struct demo_rule *rule;

	spin_lock(&t->lock);
	rule = kmalloc(sizeof(*rule), in_interrupt() ? GFP_ATOMIC : GFP_KERNEL); /* expect: sleep-in-atomic (medium) */
	if (rule) {
		rule->key = key;
		list_add(&rule->list, &t->rules);
	}
	spin_unlock(&t->lock);
	return rule ? 0 : -ENOMEM;
}

int demo_cpu_note(struct demo_table *t)
{
	gfp_t gfp;
	unsigned long flags;

	local_irq_save(flags);
	gfp = in_atomic() ? GFP_ATOMIC : GFP_KERNEL;
	t->note = kmalloc(32, gfp); /* expect: sleep-in-atomic */
	local_irq_restore(flags);
	return t->note ? 0 : -ENOMEM;
}
