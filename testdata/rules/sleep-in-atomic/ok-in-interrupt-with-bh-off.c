/* kernel: 6.1 */

/* With bottom halves off in_interrupt() is true, so the blocking branch is not taken. */
int demo_add_rule_bh(struct demo_table *t, u32 key)
{
	struct demo_rule *rule;

	spin_lock_bh(&t->lock);
	rule = kmalloc(sizeof(*rule), in_interrupt() ? GFP_ATOMIC : GFP_KERNEL);
	spin_unlock_bh(&t->lock);
	return rule ? 0 : -ENOMEM;
}
