/* kernel: 6.1 */

/* preemptible() is false under a spinlock whether preemption is counted or not. */
int demo_add_rule(struct demo_table *t, u32 key)
{
	struct demo_rule *rule;

	spin_lock(&t->lock);
	rule = kmalloc(sizeof(*rule), preemptible() ? GFP_KERNEL : GFP_ATOMIC);
	spin_unlock(&t->lock);
	return rule ? 0 : -ENOMEM;
}
